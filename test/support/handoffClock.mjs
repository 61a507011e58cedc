/** Puts this process's clock off by `TEST_CLOCK_OFF_MINUTES`: what it takes the time of day for, not how fast time passes. */
const offset = Number(process.env.TEST_CLOCK_OFF_MINUTES ?? 0) * 60_000;
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + offset] : args));
  }
  static now() {
    return RealDate.now() + offset;
  }
};
