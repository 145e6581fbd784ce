/**
 * Where in its way through the gate a group is; tests end the process at each (GA11). `judged` comes once for each of
 * its changes.
 */
export type CommitPoint = 'judged' | 'before-commit' | 'after-commit' | 'after-apply' | 'after-broadcast';

/** Called at every point; what it throws is a failure at that point. */
export type OnCommitPoint = (point: CommitPoint) => void;
