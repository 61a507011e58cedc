/** One thing that a device or host needs, and whether it is there. */
export interface Finding {
  readonly what: string;
  /** `poor`: it works, but worse than it could. */
  readonly state: 'good' | 'poor' | 'bad';
  readonly detail: string;
  readonly remedy?: string;
}
