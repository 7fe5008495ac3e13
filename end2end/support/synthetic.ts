// An invented county of the size of a real one, where the real files are not at hand.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张';
const GIVEN = ['国栋', '秀兰', '永强', '桂香', '长林', '玉珍', '德福', '春梅', '保田', '水生', '小妹', '建军'];
const TOWNS = 15;
const VILLAGES = 22;
const HOUSEHOLDS = 1_500;
const MATTERS = 1_000;

export async function syntheticCounty(folder: string): Promise<Record<'divisions' | 'households' | 'matters', string>> {
  const divisions = ['村级代码,乡镇街道代码,乡镇街道,村社区'];
  const roster = ['户编号,乡镇,村（社区）,组别,姓名,与户主关系,出生日期,联系电话'];
  const town = (n: number) => `第${n + 1}镇`;
  // The same names of villages in every town, as in real counties.
  const village = (n: number) => `${SURNAMES[n % SURNAMES.length]}家村委会`;
  for (let t = 0; t < TOWNS; t += 1) {
    for (let v = 0; v < VILLAGES; v += 1) {
      const townCode = `8802011${String(t + 10)}`;
      divisions.push(`${townCode}${200 + v},${townCode},${town(t)},${village(v)}`);
    }
  }
  for (let n = 0; n < HOUSEHOLDS; n += 1) {
    const name = `${SURNAMES[n % SURNAMES.length]}${GIVEN[n % GIVEN.length]}`;
    roster.push(`H${n},${town(n % TOWNS)},${village(n % VILLAGES)},第${(n % 5) + 1}组,${name},户主,1960-01-01,138****${1000 + (n % 9000)}`);
  }
  const matters = Array.from({ length: MATTERS }, (_, n) =>
    JSON.stringify({
      id: `m${n}`,
      user: `来信人${n}`,
      title: `第${n}号来信：道路破损`,
      time: '2024-04-25T09:32:09',
      body: `第${n}封来信。门前的路坏了很久，请安排修补。`,
      label: '城乡建设',
      ...(n % 7 ? { reply: '已安排修补。', reply_time: '2024-05-10T14:56:53' } : {}),
    }),
  );
  const write = async (name: string, lines: string[]) => {
    const file = path.join(folder, name);
    await writeFile(file, `${lines.join('\n')}\n`);
    return file;
  };
  return {
    divisions: await write('区划.csv', divisions),
    households: await write('花名册.csv', roster),
    matters: await write('留言.jsonl', matters),
  };
}
