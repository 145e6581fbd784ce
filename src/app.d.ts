declare global {
  namespace App {
    interface PageState {
      readonly opened?: string;
    }
  }
}

export {};
