import { describe, expect, it } from 'vitest';
import { Alerts } from '../../../src/device/speaking/alerts.js';
import { QuietHours } from '../../../src/device/speaking/quietHours.js';
import { Volume } from '../../../src/device/speaking/volume.js';
import type { Alert } from '../../../src/skills/contract.js';
import { SteppedClock } from '../../../src/skills/testing/steppedClock.js';

const MINUTE = 60_000;
/** Local time. */
const at = (time: string) => new SteppedClock(new Date(`2026-11-23T${time}:00`));
const night = { from: '22:00', to: '07:00', volume: 20 };

describe('quiet hours', () => {
  it.each([
    ['21:59', night, false],
    ['22:00', night, true],
    ['00:00', night, true],
    ['06:59', night, true],
    ['07:00', night, false],
    ['12:59', { from: '13:00', to: '15:30', volume: 20 }, false],
    ['13:00', { from: '13:00', to: '15:30', volume: 20 }, true],
    ['15:30', { from: '13:00', to: '15:30', volume: 20 }, false],
  ])('at %s of %o: %s', (time, options, active) => expect(new QuietHours(options, at(time)).active).toBe(active));

  it('are never where the profile has none', () => expect(new QuietHours(undefined, at('03:00')).active).toBe(false));

  it('tell when they begin and end, over midnight, until nobody listens any more', () => {
    const clock = at('21:50');
    const told: string[] = [];
    const stop = new QuietHours(night, clock).watch((active) => {
      const now = clock.now();
      told.push(`${now.getHours()}:${String(now.getMinutes()).padStart(2, '0')} ${active}`);
    });
    clock.advance(24 * 60 * MINUTE);
    expect(told).toEqual(['21:50 false', '22:00 true', '7:00 false']);
    stop();
    clock.advance(24 * 60 * MINUTE);
    expect(told).toHaveLength(3);
  });
});

describe('the volume', () => {
  it('is capped in quiet hours and comes back afterwards', () => {
    const clock = at('21:59');
    const heard: number[] = [];
    const quietHours = new QuietHours(night, clock);
    const volume = new Volume(80, quietHours, (percent) => heard.push(percent));
    quietHours.watch(() => volume.refresh());
    clock.advance(2 * MINUTE);
    volume.set(30);
    expect([volume.heard, volume.wanted]).toEqual([20, 80]);
    clock.advance(10 * 60 * MINUTE);
    expect(heard).toEqual([80, 20, 20, 80]);
  });

  it('that was turned down in the night stays down', () => {
    const clock = at('23:00');
    const volume = new Volume(80, new QuietHours(night, clock), () => {});
    volume.set(10);
    clock.advance(12 * 60 * MINUTE);
    expect(volume.heard).toBe(10);
  });
});

describe('what is due in quiet hours', () => {
  const ring: Alert = { id: 'tea', text: 'Your tea timer is done.', language: 'en' };
  const notice: Alert = { id: 'missed', text: 'You missed an alarm.', language: 'en', kind: 'notice' };

  it('rings where the person set it; notices wait until the hours are over', () => {
    const alerts = new Alerts();
    const due: string[] = [];
    alerts.attach((id) => due.push(id));
    alerts.hush(true);
    void alerts.add(notice);
    void alerts.add(ring);
    expect(due).toEqual(['tea']);
    alerts.hush(false);
    expect(due).toEqual(['tea', 'missed']);
  });

  it('is not said any more where it was taken back meanwhile', () => {
    const alerts = new Alerts();
    const due: string[] = [];
    alerts.attach((id) => due.push(id));
    alerts.hush(true);
    void alerts.add(notice);
    expect(alerts.stop('missed')).toBe(true);
    alerts.hush(false);
    expect(due).toEqual([]);
  });

  it('before the device is there is due when it is', () => {
    const alerts = new Alerts();
    const due: string[] = [];
    void alerts.add(ring);
    alerts.attach((id) => due.push(id));
    expect(due).toEqual(['tea']);
  });
});
