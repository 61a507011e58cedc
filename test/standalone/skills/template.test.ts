import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../../src/skills/sentences/template.js';

function match(template: string, text: string, rules = {}, spacesCount = true): readonly (string | undefined)[] | undefined {
  return compileTemplate(template, { rules, spacesCount }).match(text);
}

describe('sentence templates', () => {
  it.each<[string, string, boolean]>([
    ["(what is|what's) the time [right now]", 'what is the time', true],
    ["(what is|what's) the time [right now]", "what's the time right now", true],
    ["(what is|what's) the time [right now]", 'what the time', false],
    ["(what is|what's) the time [right now]", 'what is the time right', false],
    ['[please] stop [it]', 'stop', true],
    ['[please] stop [it]', 'please stop it', true],
    ['[please] stop [it]', 'pleasestop', false],
    ['[please] stop [it]', 'stopit', false],
    ['[a] [b] c', 'a c', true],
    ['[a] [b] c', 'b c', true],
    ['[a] [b] c', 'ac', false],
    ['3.5 (c++|$)', '3.5 c++', true],
    ['3.5', '305', false],
    ['flip * coin *', 'flip a coin', true],
    ['flip * coin *', 'flip coin i take heads', true],
    ['flip * coin *', 'flip a b c d e f g h i coin', false],
    ['* coin', 'coin', true],
    ['* coin', 'unicoin', false],
  ])('%s takes "%s": %s', (template, text, taken) => {
    expect(match(template, text) !== undefined).toBe(taken);
  });

  it('gives what varies by name, and what was left out as nothing', () => {
    expect(match('set a {duration} timer [for {name}]', 'set a 5 minute timer')).toEqual(['5 minute', undefined]);
    expect(match('set a {duration} timer [for {name}]', 'set a 5 minute timer for green tea')).toEqual(['5 minute', 'green tea']);
  });

  it('shares parts between sentences', () => {
    expect(match('<ask> the time', 'tell me the time', { ask: '(tell me|what is)' })).toEqual([]);
  });

  it('does not mind spaces where the language does not', () => {
    expect(match('몇 시야', '몇시야', {}, false)).toEqual([]);
  });

  it.each([
    ['(a|b', /\) is missing/],
    ['a)', /unexpected \)/],
    ['{name', /not closed/],
    ['<what>', /no rule <what>/],
  ])('says what is wrong with %s', (template, why) => {
    expect(() => compileTemplate(template)).toThrow(why);
  });

  it('refuses a rule that contains itself', () => {
    expect(() => compileTemplate('<a>', { rules: { a: 'b <a>' } })).toThrow(/contains itself/);
  });
});
