// What people do on the screens, in the words that stand there.

import { type Locator, type Page, expect } from '@playwright/test';

/** Taps one of the answers below a question. */
export async function choose(where: Page | Locator, question: string | RegExp, answer: string): Promise<void> {
  const group = where.getByRole('group', { name: question });
  const choice = group.getByLabel(answer, { exact: true });
  await choice.click();
  await expect(choice).toBeChecked();
}

/** Looks a matter up by its code, as a petitioner does. */
export async function lookUp(page: Page, origin: string, code: string, proof: string): Promise<void> {
  await page.goto(`${origin}/c`);
  await page.getByLabel('查询码').fill(code);
  await page.getByLabel('手机号后 4 位，或姓名').fill(proof);
  await page.getByRole('button', { name: '查看', exact: true }).click();
}

/** A code with one digit wrong. */
export function slip(code: string): string {
  const digits = code.replace(/\D/g, '');
  const last = (Number(digits.at(-1)) + 1) % 10;
  return digits.slice(0, -1) + String(last);
}

// Damm's table: the check digit of a query code.
const DAMM = [
  '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
  '3674209581', '5869720134', '8945362017', '9438617205', '2581436790',
];

/** A code with a right check digit that is not `code`. */
export function otherCode(code: string): string {
  const digits = code.replace(/\D/g, '');
  const body = digits.slice(0, 10) + String((Number(digits[10]) + 1) % 10);
  let interim = 0;
  for (const digit of body) interim = Number(DAMM[interim]?.[Number(digit)]);
  // In Damm's table the digit that leads back to 0 is the interim digit itself.
  return body + String(interim);
}
