// Egypt's 27 governorates: ISO 3166-2 code, code in national numbers, names. Reference data for the product as well.

const row = <const C extends string>(code: C, nationalIdCode: string, nameAr: string, nameEn: string) => ({
  code,
  nationalIdCode,
  nameAr,
  nameEn,
});

export const governorates = [
  row('EG-C', '01', 'القاهرة', 'Cairo'),
  row('EG-ALX', '02', 'الإسكندرية', 'Alexandria'),
  row('EG-PTS', '03', 'بورسعيد', 'Port Said'),
  row('EG-SUZ', '04', 'السويس', 'Suez'),
  row('EG-DT', '11', 'دمياط', 'Damietta'),
  row('EG-DK', '12', 'الدقهلية', 'Dakahlia'),
  row('EG-SHR', '13', 'الشرقية', 'Sharqia'),
  row('EG-KB', '14', 'القليوبية', 'Qalyubia'),
  row('EG-KFS', '15', 'كفر الشيخ', 'Kafr El-Sheikh'),
  row('EG-GH', '16', 'الغربية', 'Gharbia'),
  row('EG-MNF', '17', 'المنوفية', 'Monufia'),
  row('EG-BH', '18', 'البحيرة', 'Beheira'),
  row('EG-IS', '19', 'الإسماعيلية', 'Ismailia'),
  row('EG-GZ', '21', 'الجيزة', 'Giza'),
  row('EG-BNS', '22', 'بني سويف', 'Beni Suef'),
  row('EG-FYM', '23', 'الفيوم', 'Fayoum'),
  row('EG-MN', '24', 'المنيا', 'Minya'),
  row('EG-AST', '25', 'أسيوط', 'Asyut'),
  row('EG-SHG', '26', 'سوهاج', 'Sohag'),
  row('EG-KN', '27', 'قنا', 'Qena'),
  row('EG-ASN', '28', 'أسوان', 'Aswan'),
  row('EG-LX', '29', 'الأقصر', 'Luxor'),
  row('EG-BA', '31', 'البحر الأحمر', 'Red Sea'),
  row('EG-WAD', '32', 'الوادي الجديد', 'New Valley'),
  row('EG-MT', '33', 'مطروح', 'Matrouh'),
  row('EG-SIN', '34', 'شمال سيناء', 'North Sinai'),
  row('EG-JS', '35', 'جنوب سيناء', 'South Sinai'),
] as const;

export type GovernorateCode = (typeof governorates)[number]['code'];
export type Governorate = {
  readonly code: GovernorateCode;
  readonly nationalIdCode: string;
  readonly nameAr: string;
  readonly nameEn: string;
};

export const governorateOf = (code: GovernorateCode): Governorate => {
  const found = governorates.find((governorate) => governorate.code === code);
  if (found === undefined) throw new Error(`no governorate ${code}`);
  return found;
};
