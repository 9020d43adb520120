/** An article of the shop. `daily` is how many are sold on a usual day, `low` the mark below which more is ordered. */
export interface Article {
  sku: string
  name: string
  category: string
  price: number
  daily: number
  low: number
  hot?: true
}

const article = (sku: string, name: string, category: string, price: number, daily: number, hot?: true): Article => ({
  sku,
  name,
  category,
  price,
  daily,
  low: Math.max(3, Math.round(daily * 0.2)),
  ...(hot && { hot }),
})

/** What the shop sells; makes and models are invented. */
export const CATALOGUE: readonly Article[] = [
  article('SJ-101', '青禾 X3 手机 8+256', '手机', 2399, 58, true),
  article('SJ-102', '青禾 X3 Pro 手机 12+512', '手机', 3299, 44, true),
  article('SJ-103', '青禾 Lite 手机 6+128', '手机', 1299, 36),
  article('SJ-104', '云杉 N7 手机 8+256', '手机', 1899, 30),
  article('SJ-105', '云杉 N7S 手机 12+256', '手机', 2199, 24),
  article('SJ-106', '云杉 折叠屏 F2', '手机', 6999, 9, true),
  article('SJ-107', '长者 大字手机 A2', '手机', 599, 15),
  article('PB-201', '青禾 平板 11 英寸', '平板', 1999, 22),
  article('PB-202', '青禾 平板 Pro 12.4 英寸', '平板', 3499, 12),
  article('PB-203', '云杉 学习平板 10', '平板', 1499, 14),
  article('CD-301', '云雀 手表 S2', '穿戴', 899, 28, true),
  article('CD-302', '云雀 手表 S2 儿童版', '穿戴', 599, 24),
  article('CD-303', '云雀 手环 6', '穿戴', 219, 34),
  article('CD-304', '云雀 智能戒指', '穿戴', 1099, 6),
  article('EJ-401', '云雀 降噪耳机 Air', '耳机音箱', 699, 46, true),
  article('EJ-402', '云雀 颈挂耳机', '耳机音箱', 199, 20),
  article('EJ-403', '云雀 头戴耳机 H1', '耳机音箱', 1299, 12),
  article('EJ-404', '山谷 蓝牙音箱 mini', '耳机音箱', 159, 18),
  article('EJ-405', '山谷 家庭音箱', '耳机音箱', 499, 8),
  article('PJ-501', '67W 快充头', '配件', 99, 40),
  article('PJ-502', '双头数据线 1.5 米', '配件', 29, 48),
  article('PJ-503', '磁吸充电宝 10000', '配件', 169, 36),
  article('PJ-504', 'X3 透明保护壳', '配件', 39, 30),
  article('PJ-505', 'X3 钢化膜 两片装', '配件', 25, 32),
  article('PJ-506', '车载手机支架', '配件', 59, 14),
  article('PJ-507', '手写笔 2 代', '配件', 299, 10),
  article('PJ-508', '平板键盘壳', '配件', 399, 8),
  article('JJ-601', '山谷 路由器 AX3', '智能家居', 269, 22),
  article('JJ-602', '山谷 摄像头 云台版', '智能家居', 199, 20),
  article('JJ-603', '山谷 门锁 D1', '智能家居', 1199, 7),
  article('JJ-604', '山谷 台灯', '智能家居', 149, 12),
  article('JJ-605', '山谷 温湿度计 三件装', '智能家居', 79, 16),
  article('KA-701', '畅享流量卡 月租 29', '号卡', 29, 26),
  article('KA-702', '家庭融合套餐 月租 99', '号卡', 99, 14),
]

export const CARRIERS = ['驰达速运', '捷风快递', '中和物流'] as const
