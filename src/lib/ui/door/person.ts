/** An adult who makes an account: everything but the password. */
export interface PersonDetails {
  readonly given: string;
  readonly family: string;
  readonly display: string;
  readonly school: string;
  readonly username: string;
}
