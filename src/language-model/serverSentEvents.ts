/** Reading a stream of server-sent events (WHATWG HTML, 9.2) as their data, with limits. */

export class EventTooLarge extends Error {}

/** The `data` of each event; several data lines are one event with line breaks. Throws `EventTooLarge` past `mostBytes` for one event. */
export async function* eventData(body: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let unread = '';
  let data: string[] = [];
  for await (const bytes of body) {
    unread += decoder.decode(bytes, { stream: true });
    // A carriage return at the very end may be the first half of a line break.
    const lines = unread.split(/\r\n|\n|\r(?!$)/);
    unread = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
      if (line !== '' || data.length === 0) continue;
      yield data.join('\n');
      data = [];
    }
    if (unread.length + data.reduce((sum, line) => sum + line.length, 0) > mostBytes) throw new EventTooLarge();
  }
}
