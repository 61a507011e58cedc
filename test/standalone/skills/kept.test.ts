import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { nextTime } from '../../../src/skills/alerts/keptAlerts.js';
import { eventually } from '../../support/eventually.js';
import { MONDAY, SkillsAtHand } from './skillsAtHand.js';

const MINUTE = 60_000;
const open: SkillsAtHand[] = [];

async function load(start?: Date, folder?: string): Promise<SkillsAtHand> {
  const skills = await SkillsAtHand.load(start, folder);
  open.push(skills);
  return skills;
}

afterEach(async () => {
  for (const skills of open.splice(0)) await skills.remove();
});

function later(minutes: number): Date {
  return new Date(MONDAY.getTime() + minutes * MINUTE);
}

describe('timers', () => {
  it('ring when they are due, not before, and are gone when they were stopped', async () => {
    const skills = await load();
    await skills.say('set a timer for five minutes');
    skills.clock.advance(5 * MINUTE - 1);
    expect(skills.rung).toEqual([]);
    skills.clock.advance(1);
    expect(skills.rung.map(({ text }) => text)).toEqual(['Your 5 minute timer is done.']);
    expect(await skills.say('how long is left on the timer')).toBe('Your timer is ringing.');
    await skills.stopRinging();
    expect(await skills.say('how long is left on the timer')).toBe("There's no timer running.");
  });

  it('are several, with names', async () => {
    const skills = await load();
    await skills.say('set a pasta timer for eight minutes');
    await skills.say('start a timer for 3 minutes called eggs');
    skills.clock.advance(MINUTE);
    expect(await skills.say('how long is left on the pasta timer')).toBe("There's 7 minutes left on the pasta timer.");
    expect(await skills.say('what timers do i have')).toBe(
      'You have 2 timers: the eggs timer with 2 minutes left and the pasta timer with 7 minutes left.',
    );
    expect(await skills.say('cancel the timer')).toBe('Which one, the eggs timer or the pasta timer?');
    expect(await skills.say('cancel the eggs timer')).toBe('I cancelled the eggs timer.');
    expect(await skills.say('cancel the rice timer')).toBe('I have no rice timer.');
    skills.clock.advance(7 * MINUTE);
    expect(skills.rung.map(({ text }) => text)).toEqual(['Your pasta timer is done.']);
  });

  it('are cancelled all at once', async () => {
    const skills = await load();
    await skills.say('timer for ten minutes');
    await skills.say('timer for twenty minutes');
    expect(await skills.say('cancel all timers')).toBe('I cancelled 2 timers.');
    skills.clock.advance(30 * MINUTE);
    expect(skills.rung).toEqual([]);
  });

  it('get a minute more or less, are paused and go on', async () => {
    const skills = await load();
    await skills.say('set a timer for two minutes');
    expect(await skills.say('add a minute')).toBe("There's now 3 minutes left on the 2 minute timer.");
    expect(await skills.say('take thirty seconds off the timer')).toBe("There's now 2 minutes and 30 seconds left on the 2 minute timer.");
    await skills.say('pause the timer');
    skills.clock.advance(60 * MINUTE);
    expect(skills.rung).toEqual([]);
    expect(await skills.say('resume the timer')).toBe('The 2 minute timer goes on with 2 minutes and 30 seconds left.');
    skills.clock.advance(2.5 * MINUTE);
    expect(skills.rung).toHaveLength(1);
  });

  it('ask for how long, and take a duration alone as the answer for a while only', async () => {
    const skills = await load();
    expect(await skills.say('ten minutes')).toBeUndefined();
    expect(await skills.say('set a timer')).toBe('For how long?');
    expect(await skills.say('ten minutes')).toBe('Timer set for 10 minutes.');
    await skills.say('set a timer');
    skills.clock.advance(31_000);
    expect(await skills.say('ten minutes')).toBeUndefined();
  });

  it('that ring are ended by "cancel the timer" as by "stop"', async () => {
    const skills = await load();
    await skills.say('set a timer for one minute');
    skills.clock.advance(MINUTE);
    expect(await skills.say('cancel the timer')).toBe('');
    expect(skills.stopped).toBe(1);
  });

  it('speak Korean', async () => {
    const skills = await load();
    expect(await skills.say('라면 타이머 삼 분 맞춰줘')).toBe('라면 타이머를 3분으로 맞췄어요.');
    expect(await skills.say('타이머 얼마나 남았어')).toBe('라면 타이머는 3분 남았어요.');
    expect(await skills.say('일 분 추가해줘')).toBe('라면 타이머는 이제 4분 남았어요.');
    skills.clock.advance(4 * MINUTE);
    expect(skills.rung.map(({ text }) => text)).toEqual(['라면 타이머가 끝났어요.']);
  });
});

describe('a disk that takes nothing any more', () => {
  it('is told to the device after the ringing, and to the person who sets the next timer', async () => {
    const skills = await load();
    await skills.say('set a timer for five minutes');
    await rm(skills.folder, { recursive: true });
    await writeFile(skills.folder, 'no folder');
    skills.clock.advance(5 * MINUTE);
    expect(skills.rung).toHaveLength(1);
    await skills.stopRinging();
    await eventually('the trouble', () => skills.troubles.length === 1);
    await expect(skills.say('set a timer for ten minutes')).rejects.toThrow();
  });
});

describe('a clock that is set while a timer runs', () => {
  it.each([13 * 60, -13 * 60])('by %d minutes: it rings after its own time', async (minutes) => {
    const skills = await load();
    await skills.say('set a tea timer for five minutes');
    skills.clock.advance(MINUTE);
    skills.clock.jump(minutes * MINUTE);
    expect(await skills.say('how long is left on the tea timer')).toBe("There's 4 minutes left on the tea timer.");
    skills.clock.advance(4 * MINUTE - 1);
    expect(skills.rung).toEqual([]);
    skills.clock.advance(1);
    expect(skills.rung.map(({ text }) => text)).toEqual(['Your tea timer is done.']);
  });

  it('an alarm rings at its time of day', async () => {
    const skills = await load();
    await skills.say('set an alarm for 6 pm');
    skills.clock.jump(2 * 60 * MINUTE);
    skills.clock.advance(59 * MINUTE);
    expect(skills.rung).toEqual([]);
    skills.clock.advance(2 * MINUTE);
    expect(skills.rung.map(({ text }) => text)).toEqual(["It's 6:00 PM. Your alarm is ringing."]);
  });
});

describe('after a power cut', () => {
  async function restart(minutes: number): Promise<SkillsAtHand> {
    const before = await load();
    await before.say('set a tea timer for five minutes');
    await before.close();
    return await load(later(minutes), before.folder);
  }

  it('a timer that is not due goes on', async () => {
    const skills = await restart(2);
    expect(await skills.say('how long is left on the tea timer')).toBe("There's 3 minutes left on the tea timer.");
    skills.clock.advance(3 * MINUTE);
    expect(skills.rung.map(({ kind, text }) => [kind, text])).toEqual([[undefined, 'Your tea timer is done.']]);
  });

  it('one that is due since a short while rings at once', async () => {
    const skills = await restart(15);
    expect(skills.rung.map(({ text }) => text)).toEqual(['Your tea timer is done.']);
  });

  it('one that was due long ago is said as missed, without ringing, once', async () => {
    const skills = await restart(60);
    expect(skills.rung.map(({ kind, text }) => [kind, text])).toEqual([['notice', 'The tea timer ended while I was off.']]);
    await skills.close();
    const again = await load(later(61), skills.folder);
    expect(again.rung).toEqual([]);
  });

  it('one that was due long ago is said as missed also where the clock tells so only later, and the disk is full', async () => {
    const skills = await restart(2);
    await rm(join(skills.folder, 'timers.json'));
    await mkdir(join(skills.folder, 'timers.json'));
    skills.clock.jump(13 * 60 * MINUTE);
    skills.clock.advance(MINUTE);
    expect(skills.rung.map(({ kind, text }) => [kind, text])).toEqual([['notice', 'The tea timer ended while I was off.']]);
    await eventually('the trouble is told', () => skills.troubles.length > 0);
  });

  it('a file that can not be read is said, and the device starts', async () => {
    const before = await load();
    await before.close();
    await mkdir(join(before.folder, 'timers.json'));
    const skills = await load(later(1), before.folder);
    expect(skills.rung.map(({ text }) => text)).toEqual(['I could not read my list of timers, so the ones you had set are gone.']);
  });

  it('one that was ringing rings again', async () => {
    const before = await load();
    await before.say('set a timer for one minute');
    before.clock.advance(MINUTE);
    await before.close();
    await before.stopRinging();
    const after = await load(later(3), before.folder);
    expect(after.rung).toHaveLength(1);
  });

  it('a broken file is set aside and said, and timers work', async () => {
    const before = await load();
    await writeFile(join(before.folder, 'timers.json'), '{"version":1,"alerts":[{"id":');
    await before.close();
    const skills = await load(later(1), before.folder);
    expect(skills.rung.map(({ kind, text }) => [kind, text])).toEqual([
      ['notice', 'I could not read my list of timers, so the ones you had set are gone.'],
    ]);
    expect(await readdir(skills.folder)).toContain('timers.json.broken');
    expect(await skills.say('set a timer for one minute')).toBe('Timer set for 1 minute.');
    expect(JSON.parse(await readFile(join(skills.folder, 'timers.json'), 'utf8'))).toMatchObject({
      version: 1,
      alerts: [{ durationMs: MINUTE }],
    });
  });
});

describe('alarms', () => {
  it('ring at their time, after a restart too', async () => {
    const before = await load();
    expect(await before.say('wake me up at half past six tomorrow morning')).toBe('Alarm set for tomorrow at 6:30 AM.');
    await before.close();
    const skills = await load(later(60), before.folder);
    expect(await skills.say('when is my alarm')).toBe('You have an alarm set for tomorrow at 6:30 AM.');
    skills.clock.advance(new Date(2026, 10, 24, 6, 30).getTime() - later(60).getTime());
    expect(skills.rung.map(({ text }) => text)).toEqual(["It's 6:30 AM. Your alarm is ringing."]);
  });

  it('are set several at once, and cancelled by their time', async () => {
    const skills = await load();
    expect(await skills.say('set alarms for 11am and 132pm')).toBe('Alarm set for tomorrow at 11:00 AM and tomorrow at 1:32 PM.');
    expect(await skills.say('cancel my eleven am alarm')).toBe('I cancelled the alarm tomorrow at 11:00 AM.');
    expect(await skills.say('what alarms do i have')).toBe('You have an alarm set for tomorrow at 1:32 PM.');
  });

  it('come again every day', async () => {
    const skills = await load();
    expect(await skills.say('set an alarm for seven am every day')).toBe('Alarm set for every day, starting tomorrow at 7:00 AM.');
    skills.clock.advance(16 * 60 * MINUTE);
    await skills.stopRinging();
    expect(await skills.say('when is my next alarm')).toBe('Your next alarm is set for tomorrow at 7:00 AM.');
    expect(await skills.say('what alarms do i have')).toBe('You have an alarm set for every day at 7:00 AM.');
  });

  it('speak Korean', async () => {
    const skills = await load();
    expect(await skills.say('내일 아침 일곱 시 반에 깨워줘')).toBe('내일 오전 7시 30분에 알람을 맞췄어요.');
    expect(await skills.say('알람 몇 시야')).toBe('내일 오전 7시 30분에 알람이 있어요.');
    expect(await skills.say('알람 취소해줘')).toBe('내일 오전 7시 30분 알람을 취소했어요.');
    expect(await skills.say('알람 취소해줘')).toBe('맞춰 둔 알람이 없어요.');
  });

  it('on weekdays leave out the weekend', () => {
    const friday = new Date(2026, 10, 27, 7, 0).getTime();
    expect(new Date(nextTime(friday, [1, 2, 3, 4, 5], friday))).toEqual(new Date(2026, 10, 30, 7, 0));
    expect(new Date(nextTime(friday, [0, 1, 2, 3, 4, 5, 6], friday))).toEqual(new Date(2026, 10, 28, 7, 0));
  });
});
