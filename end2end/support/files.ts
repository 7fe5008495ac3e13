// Small invented files, as an official would bring them: a title row, text dates, a few bad rows.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

const BOM = '\u{feff}';

const DIVISIONS = `${BOM}村级代码,省,市,县区,乡镇街道代码,乡镇街道,村社区
880101001001,某省,某市,试县,880101001,东镇,新民村委会
880101001002,某省,某市,试县,880101001,东镇,河口村委会
880101002001,某省,某市,试县,880101002,西镇,新民村委会
88010100200,某省,某市,试县,880101002,西镇,坏代码村委会
`;

const SURNAMES = '赵钱孙李周吴郑王冯陈';
const GIVEN = ['国栋', '秀兰', '永强', '桂香', '长林', '玉珍'];

/** Thirty households in two villages of the same name, one in a village that does not exist. */
function roster(): string {
  const rows = ['户编号,乡镇,村（社区）,组别,姓名,与户主关系,出生日期,联系电话,备注'];
  for (let n = 0; n < 30; n += 1) {
    const town = n < 24 ? '东镇' : '西镇';
    const name = `${SURNAMES[n % 10]}${GIVEN[n % 6]}`;
    const birth = ['1957/03/08', '1962-11-30', '1949.07'][n % 3];
    rows.push(`${n + 1},${town},新民村委会,第${(n % 4) + 1}组,${name},户主,${birth},138****${1000 + n},`);
    rows.push(`${n + 1},${town},新民村委会,第${(n % 4) + 1}组,${SURNAMES[(n + 3) % 10]}${GIVEN[(n + 1) % 6]},配偶,1960-01-01,,`);
  }
  rows.push('31,西镇,没有这个村,第1组,无处可归,户主,1950-01-01,,');
  return `${rows.join('\n')}\n`;
}

const MATTERS = [
  { id: 'e1', user: '来信人甲', title: '路灯坏了没有人修', time: '2024-04-25T09:32:09', body: '村口路灯坏了很久没有人修，请派人来看。', label: '城乡建设' },
  { id: 'e2', user: '来信人乙', title: '公交车太少', time: '2024-04-25 09:32', body: '公交车太少，等一个小时，请加班次。', reply: '已增加班次。', reply_time: '2024-05-10T14:56:53' },
  { id: 'e3', user: '来信人丙', title: '河道垃圾没人清', time: '2024/05/02', body: '河道两边都是垃圾，夏天发臭，请清理。', label: '环境保护' },
]
  .map((matter) => JSON.stringify(matter))
  .concat('{"id": "e4", "user": "来信人丁", "title": "断了')
  .join('\n');

export type Kind = 'divisions' | 'households' | 'matters';

export interface Small {
  kind: Kind;
  /** The word on the admin page. */
  word: string;
  file: string;
  good: number;
  bad: number;
  /** Row numbers of the bad rows, as people see them in the file. */
  badRows: number[];
}

/** Writes the three files into a folder; in the order in which they are to be imported. */
export async function smallFiles(folder: string): Promise<Small[]> {
  const write = async (name: string, text: string) => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return file;
  };
  return [
    { kind: 'divisions', word: '行政区划', file: await write('区划.csv', DIVISIONS), good: 3, bad: 1, badRows: [5] },
    { kind: 'households', word: '住户', file: await write('花名册.csv', roster()), good: 30, bad: 1, badRows: [62] },
    { kind: 'matters', word: '信访事项', file: await write('留言.jsonl', MATTERS), good: 3, bad: 1, badRows: [4] },
  ];
}
