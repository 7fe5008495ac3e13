// The real JSON API, for what a test needs before and after its screens.

import { randomUUID } from 'node:crypto';

import { day } from './machine.ts';
import type { Server } from './server.ts';

export interface Named {
  account: string;
  name: string;
}

export interface Actor extends Named {
  badge: string;
  office: string;
  role: string;
  unit: string | null;
}

export interface Session {
  actor: Actor;
}

export interface MatterRow {
  id: string;
  number: string;
  title: string;
  petitioner: string;
  stage: string;
}

export interface MatterFile {
  matter: {
    id: string;
    number: string;
    title: string;
    stage: string;
    version: number;
    round: number;
    visits: unknown[];
    return_visits: unknown[];
    rounds: unknown[];
    [more: string]: unknown;
  };
  permitted: string[];
  closure_digest: string | null;
  journal: unknown[];
  flagged: unknown[];
}

export interface Receipt {
  matter: string;
  number: string;
  query_code: string;
  petitioner: string;
  qr_svg: string;
}

export interface Household {
  item: 'household';
  id: string;
  division: string;
  address: string;
  head: string;
  last_visit?: { on?: string } | null;
}

export interface WorkMatter {
  item: 'matter';
  id: string;
  number: string;
  title: string;
  stage: string;
  petitioner: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`${status} ${body}`);
  }
}

export class Api {
  private cookie = '';

  /** Past the gate: what a test sets up does not depend on the phones' network. */
  private constructor(private readonly base: string) {}

  static async signIn(server: Server, login: string, password?: string): Promise<Api> {
    const api = new Api(`http://127.0.0.1:${server.port}`);
    const account = password === undefined ? server.account(login) : { login, password };
    const answer = await api.send('POST', '/api/v1/session', { login: account.login, password: account.password });
    api.cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return api;
  }

  private async send(method: string, path: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { 'x-huiyin': '1', cookie: this.cookie };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const answer = await fetch(this.base + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      redirect: 'manual',
    });
    if (!answer.ok) throw new Problem(answer.status, await answer.text());
    return answer;
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.send('GET', path)).json()) as T;
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return (await (await this.send('POST', path, body)).json()) as T;
  }

  async me(): Promise<Actor> {
    return (await this.get<Session>('/api/v1/session')).actor;
  }

  async matters(query = ''): Promise<{ rows: MatterRow[]; total: number }> {
    return this.get(`/api/v1/matters?${query}`);
  }

  /** The one matter that is found by these words. */
  async find(words: string): Promise<MatterRow> {
    const { rows } = await this.matters(`q=${encodeURIComponent(words)}`);
    const [row] = rows;
    if (!row || rows.length !== 1) throw new Error(`${rows.length} matters are found by ${words}`);
    return row;
  }

  async file(id: string): Promise<MatterFile> {
    return this.get(`/api/v1/matters/${id}`);
  }

  async command(id: string, command: Record<string, unknown>): Promise<{ version: number; stage: string }> {
    const seen = (await this.file(id)).matter.version;
    // A step that hangs on a paper names one that was made by hand.
    const hangs = ['accept', 'deliver', 'notify_petitioner', 'archive'].includes(String(command.command));
    const paper = hangs ? { number: '旧档〔2026〕1号', on: day() } : undefined;
    return this.post(`/api/v1/matters/${id}/commands`, { id: randomUUID(), seen, command, paper });
  }

  /** 查看完整信息: papers and files of the matter open for an hour. */
  async saysWhy(id: string): Promise<void> {
    await this.post(`/api/v1/matters/${id}/unmask`, { reason: 'deliver' });
  }

  async approve(id: string): Promise<void> {
    const { closure_digest } = await this.file(id);
    await this.command(id, { command: 'approve_closure', shown: closure_digest });
  }

  /** 签发, by the head of the unit. */
  async sign(id: string): Promise<void> {
    await this.command(id, { command: 'sign_opinion' });
  }

  async receipt(id: string): Promise<Receipt> {
    return this.post(`/api/v1/matters/${id}/receipt`, {});
  }

  async register(more: Record<string, unknown> = {}): Promise<Receipt> {
    const registration = {
      title: '村道积水',
      content: '村道一下雨就积水，老人孩子都摔过，请修排水沟。',
      demands: ['修好排水沟'],
      purpose: 'appeal',
      category: 'construction',
      channel: 'visit',
      intake: 'first',
      petitioner: { name: '赵大娘', phone: '13911112222' },
      place: '990101101201',
      received_on: day(),
      ...more,
    };
    return this.post('/api/v1/matters', { id: randomUUID(), registration });
  }

  async unit(name: string): Promise<string> {
    const units = await this.get<{ id: string; name: string }[]>('/api/v1/units');
    const unit = units.find((one) => one.name === name);
    if (!unit) throw new Error(`no unit ${name}`);
    return unit.id;
  }

  /** The whole work area, page by page. */
  async workArea(): Promise<(Household | WorkMatter)[]> {
    const items: (Household | WorkMatter)[] = [];
    let cursor: string | null = null;
    for (;;) {
      const page: { items: (Household | WorkMatter)[]; cursor: string; more: boolean } = await this.post(
        '/api/v1/sync/pull',
        { protocol: 2, cursor },
      );
      items.push(...page.items);
      cursor = page.cursor;
      if (!page.more) return items;
    }
  }

  async households(): Promise<Household[]> {
    return (await this.workArea()).filter((item) => item.item === 'household');
  }

  /** Sends records as a phone does; returns the outcomes. */
  async push(payloads: Record<string, unknown>[]): Promise<{ outcome: string }[]> {
    const by = (await this.me()).account;
    const now = Date.now();
    const device = randomUUID();
    const records = payloads.map((payload, at) => ({
      id: randomUUID(),
      device,
      sequence: at + 1,
      by,
      made_at: now,
      payload,
    }));
    const answer = await this.post<{ outcomes: { outcome: string }[] }>('/api/v1/sync/push', {
      protocol: 2,
      device,
      records,
    });
    return answer.outcomes;
  }
}

/** A visit to a household, for [`Api.push`]. */
export function visit(household: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'household_visit',
    household,
    started: Date.now(),
    companions: [],
    mode: 'at_home',
    result: 'met_person',
    purposes: [],
    items: [],
    notice_given: true,
    ...more,
  };
}

/** A closure package with one answer per demand. */
export function closure(demands: number, finding: string): Record<string, unknown> {
  const answer = {
    finding,
    conclusion: 'support',
    basis: '《信访工作条例》第三十二条',
    performed: { state: 'done', on: day(), evidence: '验收单' },
  };
  return {
    answers: Array.from({ length: demands }, () => answer),
    opinion: '已经修好，请查收。',
    measures: ['administrative'],
    delivery_plan: 'in_person',
  };
}
