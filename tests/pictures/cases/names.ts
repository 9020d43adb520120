import type { Random } from '#core/random.ts'

const FAMILY = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const GIVEN =
  '嘉树 思彤 伟宁 晓岚 一舟 若溪 明远 子涵 雨桐 启航 静怡 浩然 可欣 文博 佳宜 天佑 欣悦 梓轩 清扬 沐阳 知夏 念慈'.split(
    ' ',
  )
const FIRST =
  'Alice Bruno Carla Dmitri Elena Farid Grace Hiro Ines Jonas Keiko Lena Marco Nadia Omar Priya Ruth Sven'.split(' ')
const LAST = 'Abbott Berg Castro Dunn Evans Fischer Grant Hughes Ito Jensen Kaur Lopez Moore Novak Okafor Price'.split(
  ' ',
)
const LONG = {
  zh: ['阿卜杜热西提·买买提艾力', '欧阳诸葛慕容雪莹', '迪丽热巴·阿布都克里木', '司马相如东方未明'],
  en: ['Maximiliana Featherstonehaugh-Cholmondeley', 'Konstantinos Papadimitropoulos', 'Wolfeschlegelstein Hausenberg'],
}

export type Tongue = 'zh' | 'en'

/** So many different names of people. */
export function people(random: Random, count: number, tongue: Tongue, long: boolean): string[] {
  const names = new Set<string>()
  while (names.size < count) {
    if (long && names.size < count / 2)
      names.add(`${LONG[tongue][names.size % LONG[tongue].length]}${names.size || ''}`)
    else if (tongue === 'zh') names.add(random.pick(FAMILY) + random.pick(GIVEN))
    else names.add(`${random.pick(FIRST)} ${random.pick(LAST)}`)
  }
  return [...names]
}

const MAKES = { zh: ['青禾', '云杉', '云雀', '山谷'], en: ['Greenleaf', 'Spruce', 'Lark', 'Valley'] }
const WARES = {
  zh: '手机 8+256|平板 11 英寸|手表 S2|降噪耳机 Air|充电宝 20000|门锁 D1|扫地机 R5|投影仪 P3|路由器 W7|键盘 K2'.split(
    '|',
  ),
  en: 'Phone 8+256|Tablet 11|Watch S2|Earbuds Air|Power bank 20k|Door lock D1|Robot R5|Beamer P3|Router W7|Keyboard K2'.split(
    '|',
  ),
}
const LONG_WARE = {
  zh: '旗舰版超长待机双卡双待全网通智能手机礼盒装',
  en: 'Flagship Extended-Battery Dual-SIM Smartphone Gift Box Edition',
}

/** What the shop sells, by name. */
export function ware(index: number, tongue: Tongue, long: boolean): string {
  const makes = MAKES[tongue]
  const wares = WARES[tongue]
  const make = makes[index % makes.length]
  return long ? `${make} ${LONG_WARE[tongue]} ${index}` : `${make} ${wares[Math.floor(index * 1.7) % wares.length]}`
}
