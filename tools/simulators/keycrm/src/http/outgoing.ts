import type { ServerResponse } from 'node:http';

/** One answer, ready to be sent. */
export interface Outgoing {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Without a body when `body` is undefined. */
export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Outgoing {
  return { status, contentType: 'application/json', text: body === undefined ? '' : JSON.stringify(body), headers };
}

/** What the servers in front of the API answer with when something goes wrong there. */
export function htmlAnswer(status: number, title: string, headers: Readonly<Record<string, string>> = {}): Outgoing {
  const text = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body><center><h1>${status} ${title}</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n`;
  return { status, contentType: 'text/html', text, headers };
}

export function send(response: ServerResponse, answer: Outgoing): void {
  response.writeHead(answer.status, {
    'content-type': answer.contentType,
    'content-length': Buffer.byteLength(answer.text),
    ...answer.headers,
  });
  response.end(answer.text);
}
