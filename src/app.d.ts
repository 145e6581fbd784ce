declare global {
  namespace App {
    interface PageState {
      readonly opened?: string;
      /** Accounts that another screen has chosen in the list of members. */
      readonly chosen?: readonly string[];
    }
  }
}

export {};
