// The invented NGOs of the sample data, in the order of domain.md §7.2. Pure data; rename at once if a real one turns up.
import type { GovernorateCode } from './governorates.js';

export type OrganisationRow = {
  readonly number: number;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly governorate: GovernorateCode;
};

const row = (number: number, nameAr: string, nameEn: string, governorate: GovernorateCode): OrganisationRow => ({
  number,
  nameAr,
  nameEn,
  governorate,
});

/** 41 is a second record of 29, spelt as people type it, to be found and merged. */
export const organisationRows: readonly OrganisationRow[] = [
  row(1, 'جمعية مشاعل الطمي', 'Mashael El-Tamy Association', 'EG-C'),
  row(2, 'مؤسسة نول الحرير', 'Nool El-Harir Foundation', 'EG-C'),
  row(3, 'جمعية قناديل الدرب الطويل', 'Qanadil El-Darb El-Tawil Association', 'EG-C'),
  row(4, 'مؤسسة ساقية الغد المائل', 'Saqyet El-Ghad El-Mael Foundation', 'EG-GZ'),
  row(5, 'جمعية بستان الصفصاف', 'Bustan El-Safsaf Association', 'EG-GZ'),
  row(6, 'جمعية مرسى الطيور المهاجرة', 'Marsa El-Toyour El-Mohagera Association', 'EG-ALX'),
  row(7, 'مؤسسة منارة الملح', 'Manaret El-Malh Foundation', 'EG-ALX'),
  row(8, 'جمعية شباك الرزق البيضاء', 'Shibak El-Rizq El-Bayda Association', 'EG-PTS'),
  row(9, 'جمعية ضفتي الممر', 'Deffetay El-Mamar Association', 'EG-SUZ'),
  row(10, 'مؤسسة ظل الكازوارينا', 'Zell El-Casuarina Foundation', 'EG-IS'),
  row(11, 'جمعية خشب الورد', 'Khashab El-Ward Association', 'EG-DT'),
  row(12, 'جمعية سبع قصبات', 'Sabaa Qasabat Association', 'EG-DK'),
  row(13, 'مؤسسة دفتر الحصاد', 'Daftar El-Hasad Foundation', 'EG-DK'),
  row(14, 'جمعية عتبة القمح', 'Atabet El-Qamh Association', 'EG-SHR'),
  row(15, 'مؤسسة خيل الفجر', 'Kheil El-Fagr Foundation', 'EG-SHR'),
  row(16, 'جمعية غصن المشمش الأخضر', 'Ghosn El-Meshmesh El-Akhdar Association', 'EG-KB'),
  row(17, 'جمعية ملاحات الفيروز', 'Mallahat El-Fayrouz Association', 'EG-KFS'),
  row(18, 'مؤسسة مغزل الدلتا', 'Maghzal El-Delta Foundation', 'EG-GH'),
  row(19, 'جمعية حقل الكتان', 'Haql El-Kettan Association', 'EG-MNF'),
  row(20, 'جمعية ميزان التمر', 'Mizan El-Tamr Association', 'EG-BH'),
  row(21, 'مؤسسة بوابة النخيل المائل', 'Bawabet El-Nakhil El-Mael Foundation', 'EG-BH'),
  row(22, 'جمعية خيمة الوادي الطويل', 'Kheimet El-Wadi El-Tawil Association', 'EG-BNS'),
  row(23, 'جمعية سواقي الماء السبع', 'Sawaqi El-Maa El-Sabaa Association', 'EG-FYM'),
  row(24, 'مؤسسة طين أبيض', 'Teen Abyad Foundation', 'EG-MN'),
  row(25, 'جمعية قوارب الصباح', 'Qawareb El-Sabah Association', 'EG-MN'),
  row(26, 'جمعية عسل القصب', 'Asal El-Qasab Association', 'EG-MN'),
  row(27, 'مؤسسة نسج الخوص', 'Nasg El-Khous Foundation', 'EG-AST'),
  row(28, 'جمعية رمان الضفة', 'Rumman El-Daffa Association', 'EG-AST'),
  row(29, 'جمعية دار القصب الذهبي', 'Dar El-Qasab El-Dahaby Association', 'EG-SHG'),
  row(30, 'مؤسسة مصباح الجرن', 'Mesbah El-Gorn Foundation', 'EG-SHG'),
  row(31, 'جمعية فخار الجنوب', 'Fokhar El-Ganoub Association', 'EG-KN'),
  row(32, 'مؤسسة ريشة البلشون', 'Reshet El-Balashon Foundation', 'EG-KN'),
  row(33, 'جمعية ظلال الجميز', 'Zelal El-Gemmeiz Association', 'EG-LX'),
  row(34, 'جمعية مجداف السمراء', 'Megdaf El-Samra Association', 'EG-ASN'),
  row(35, 'جمعية لؤلؤة المرجان الأزرق', 'Loaloat El-Morgan El-Azraq Association', 'EG-BA'),
  row(36, 'جمعية عيون الرمل', 'Oyoun El-Raml Association', 'EG-WAD'),
  row(37, 'مؤسسة زيتون الريح', 'Zaytoun El-Reeh Foundation', 'EG-MT'),
  row(38, 'جمعية واحة اللوز', 'Wahet El-Loz Association', 'EG-SIN'),
  row(39, 'جمعية جبل الزعتر', 'Gabal El-Zaatar Association', 'EG-JS'),
  row(
    40,
    'الاتحاد النوعي التجريبي لرعاية المسنين',
    'Experimental Sectoral Federation for the Care of the Elderly',
    'EG-C',
  ),
  row(41, 'جمعيه دار القصب الذهبى', 'Dar El Kasab El Dahabi Association', 'EG-SHG'),
];

/** Where a case of domain.md §7.2 is planted, by number of the NGO. */
export const planted = {
  sharedBoardMember: [4, 5],
  reviewerOnBoard: 7,
  licenceExpired: 17,
  sharedIban: [20, 21],
  openViolation: 28,
  duplicated: 29,
  boardOfSix: 30,
  staleRegistryData: 36,
  borderPermitMissing: 38,
  secondRecord: 41,
} as const;
