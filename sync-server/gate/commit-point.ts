/** Where in its way through the gate a change is; tests end the process at each (GA11). */
export type CommitPoint = 'before-commit' | 'after-commit' | 'after-apply' | 'after-broadcast';

/** Called at every point; what it throws is a failure at that point. */
export type OnCommitPoint = (point: CommitPoint) => void;
