// Titles and aims of sample requests by programme. Pure data; {place} stands for the governorate or governorates.
import type { ProgrammeCode } from './programmes.js';

export type Title = { readonly ar: string; readonly en: string; readonly aimAr: string };

const title = (ar: string, en: string, aimAr: string): Title => ({ ar, en, aimAr });

export const titles: Readonly<Record<ProgrammeCode, readonly Title[]>> = {
  'social-defence': [
    title(
      'تأهيل ورشة نجارة لتدريب الشباب في {place}',
      'A carpentry workshop to train young people in {place}',
      'إكساب شباب تعرضوا للخطر حرفة تضمن لهم دخلاً ثابتاً',
    ),
    title(
      'وحدة متنقلة لحماية الأطفال بلا مأوى في {place}',
      'A mobile unit for children without shelter in {place}',
      'الوصول إلى الأطفال بلا مأوى وتقديم الغذاء والرعاية الأولية والإحالة إلى دور الرعاية',
    ),
    title(
      'دعم أسر السجناء والمفرج عنهم في {place}',
      'Support for families of prisoners and of those released in {place}',
      'إقامة مشروعات صغيرة لأسر السجناء والمفرج عنهم ومتابعة انتظام أبنائهم في التعليم',
    ),
    title(
      'دمج المتعافين من الإدمان في سوق العمل في {place}',
      'Return to work after addiction treatment in {place}',
      'تدريب المتعافين من الإدمان وتوفير فرص عمل ودعم نفسي يقي من الانتكاس',
    ),
    title(
      'تطوير فصول محو الأمية والتدريب المهني بدار رعاية الفتيات في {place}',
      'Literacy and vocational classes at a home for girls in {place}',
      'تعليم الفتيات المقيمات بالدار وتدريبهن على حرف مطلوبة قبل خروجهن منها',
    ),
    title(
      'توعية طلاب المدارس بمخاطر المخدرات في {place}',
      'Drug awareness in schools of {place}',
      'تدريب رواد من الطلاب والمعلمين على توعية أقرانهم بمخاطر المخدرات',
    ),
    title(
      'مركز نهاري لحماية الأطفال العاملين في {place}',
      'A day centre for working children in {place}',
      'تقليل ساعات عمل الأطفال وإعادتهم إلى التعليم مع تعويض أسرهم بمصدر دخل بديل',
    ),
    title(
      'مشغل خياطة للنساء المعيلات في {place}',
      'A sewing workshop for women who head households in {place}',
      'تشغيل نساء معيلات معرضات للاستغلال في مشغل مشترك وتسويق إنتاجه',
    ),
    title(
      'خط استشارات أسرية وإرشاد قانوني في {place}',
      'Family counselling and legal advice in {place}',
      'الحد من النزاعات الأسرية وتقديم الإرشاد القانوني المجاني للأسر الأولى بالرعاية',
    ),
  ],
  disability: [
    title(
      'توفير أجهزة تعويضية وكراسٍ متحركة في {place}',
      'Prostheses and wheelchairs in {place}',
      'تمكين الأشخاص ذوي الإعاقة الحركية من التنقل والعمل باستقلالية',
    ),
    title(
      'وحدة تأهيل وعلاج طبيعي للأطفال ذوي الإعاقة في {place}',
      'A rehabilitation and physiotherapy unit for children with disabilities in {place}',
      'تقديم جلسات علاج طبيعي ووظيفي منتظمة قريبة من محل إقامة الأطفال',
    ),
    title(
      'تدريب معلمات رياض الأطفال على الدمج في {place}',
      'Training kindergarten teachers in inclusion in {place}',
      'إعداد معلمات قادرات على دمج الأطفال ذوي الإعاقة في الفصول العادية',
    ),
    title(
      'فصول لغة الإشارة للعاملين بالخدمات الحكومية في {place}',
      'Sign language classes for public service staff in {place}',
      'تيسير حصول الصم وضعاف السمع على الخدمات دون وسيط',
    ),
    title(
      'تشغيل الشباب ذوي الإعاقة في مصانع {place}',
      'Jobs in factories for young people with disabilities in {place}',
      'تدريب الشباب ذوي الإعاقة وإتاحة بيئة عمل ميسرة لهم بالاتفاق مع المصانع',
    ),
    title(
      'إتاحة المباني المدرسية بالمنحدرات ودورات المياه الميسرة في {place}',
      'Ramps and accessible toilets in schools of {place}',
      'إزالة العوائق التي تمنع التلاميذ ذوي الإعاقة من الانتظام في الدراسة',
    ),
    title(
      'الكشف المبكر عن ضعف السمع وتركيب السماعات في {place}',
      'Early detection of hearing loss and hearing aids in {place}',
      'فحص الأطفال قبل سن المدرسة وتركيب سماعات لمن يحتاجها مع جلسات تخاطب',
    ),
    title(
      'حضانة دامجة لأطفال التوحد في {place}',
      'An inclusive nursery for children with autism in {place}',
      'تقديم برامج تعديل سلوك وتنمية مهارات للأطفال وإرشاد أسرهم',
    ),
    title(
      'مكتبة ناطقة ومطبوعات برايل للمكفوفين في {place}',
      'A talking library and Braille prints in {place}',
      'إتاحة الكتب الدراسية والثقافية للطلاب المكفوفين وضعاف البصر',
    ),
    title(
      'مشروعات صغيرة لأمهات الأطفال ذوي الإعاقة في {place}',
      'Small businesses for mothers of children with disabilities in {place}',
      'توفير دخل منزلي للأمهات يتيح لهن رعاية أطفالهن',
    ),
    title(
      'وسيلة انتقال مجهزة لذوي الإعاقة الحركية في {place}',
      'Adapted transport for people with reduced mobility in {place}',
      'نقل الطلاب والمرضى ذوي الإعاقة إلى المدارس ومراكز التأهيل',
    ),
    title(
      'ورشة إنتاج حرفي للأشخاص ذوي الإعاقة الذهنية في {place}',
      'A crafts workshop for people with intellectual disabilities in {place}',
      'تدريب المشاركين على منتجات حرفية بسيطة وتسويقها لصالحهم',
    ),
  ],
  'family-care': [
    title(
      'تطوير دار إيواء للأطفال فاقدي الرعاية في {place}',
      'Improving a home for children without parental care in {place}',
      'تحسين المعيشة والرعاية داخل الدار وفق معايير جودة دور الرعاية',
    ),
    title(
      'رعاية منزلية للمسنين غير القادرين في {place}',
      'Home care for older people in {place}',
      'تقديم زيارات رعاية وتمريض منتظمة للمسنين الذين يعيشون وحدهم',
    ),
    title(
      'نادٍ نهاري للمسنين في {place}',
      'A day club for older people in {place}',
      'كسر عزلة كبار السن بأنشطة ثقافية وصحية ووجبة يومية',
    ),
    title(
      'تأهيل أسر بديلة وكافلة في {place}',
      'Preparing foster families in {place}',
      'تدريب الأسر الراغبة في الكفالة ومتابعتها خلال السنة الأولى',
    ),
    title(
      'الرعاية اللاحقة لخريجي دور الرعاية في {place}',
      'Aftercare for young people who leave care homes in {place}',
      'مساعدة الشباب بعد بلوغ سن الخروج على السكن والعمل واستكمال التعليم',
    ),
    title(
      'وحدة إرشاد للمقبلين على الزواج في {place}',
      'Counselling before marriage in {place}',
      'تقديم دورات وإرشاد فردي يقلل حالات الطلاق المبكر',
    ),
    title(
      'تجهيز غرف تمريض بدار مسنين في {place}',
      'Nursing rooms for a home for the elderly in {place}',
      'تجهيز غرف تمريض وتدريب القائمين على رعاية المسنين طريحي الفراش',
    ),
    title(
      'تمكين اقتصادي للأرامل وأسرهن في {place}',
      'Livelihoods for widows and their families in {place}',
      'إقامة مشروعات إنتاجية منزلية للأرامل مع متابعة تعليم الأبناء',
    ),
  ],
  relief: [
    title(
      'قافلة غذائية للأسر الأولى بالرعاية في {place}',
      'A food convoy for families most in need in {place}',
      'توزيع عبوات غذائية على الأسر الأولى بالرعاية وفق كشوف معتمدة',
    ),
    title(
      'بطاطين وملابس شتوية لأهالي القرى في {place}',
      'Blankets and winter clothes for villages of {place}',
      'وقاية الأسر من موجات البرد بتوزيع البطاطين والملابس الشتوية',
    ),
    title(
      'إغاثة متضرري السيول في {place}',
      'Relief after flash floods in {place}',
      'توفير الغذاء والأغطية والعلاج للأسر المتضررة حتى عودتها إلى منازلها',
    ),
    title(
      'قوافل طبية وغذائية في {place}',
      'Medical and food convoys in {place}',
      'الكشف الطبي وصرف العلاج وتوزيع المواد الغذائية على غير القادرين',
    ),
    title(
      'إطعام كبار السن والمرضى غير القادرين في {place}',
      'Food for older and ill people in need in {place}',
      'توصيل عبوات غذائية ومستلزمات شهرية إلى منازل كبار السن والمرضى',
    ),
    title(
      'إغاثة شاملة للتجمعات النائية في {place}',
      'Relief for remote settlements in {place}',
      'إيصال الغذاء والأغطية والدواء إلى تجمعات بعيدة عن الخدمات',
    ),
  ],
  citizenship: [
    title(
      'أندية حوار بين الأجيال في {place}',
      'Clubs for dialogue between generations in {place}',
      'جمع كبار السن والشباب في لقاءات منتظمة حول المشاركة في الشأن المحلي',
    ),
    title(
      'توعية كبار السن بحقوقهم وخدماتهم في {place}',
      'Older people know their rights and services in {place}',
      'تعريف كبار السن بالخدمات المستحقة لهم وكيفية الحصول عليها',
    ),
    title(
      'برلمان الطلائع في مراكز شباب {place}',
      'A youth parliament in the youth centres of {place}',
      'تدريب الطلائع على الحوار وقبول الآخر واتخاذ القرار الجماعي',
    ),
    title(
      'استخراج أوراق ثبوتية للسيدات في {place}',
      'Identity papers for women in {place}',
      'مساعدة السيدات على استخراج الأوراق الثبوتية اللازمة للحصول على حقوقهن',
    ),
    title(
      'مبادرات تطوعية لنظافة وتشجير الأحياء في {place}',
      'Volunteers clean and plant neighbourhoods in {place}',
      'تنظيم متطوعين من الشباب لتحسين أحيائهم بالتعاون مع الأهالي',
    ),
    title(
      'مسرح متنقل لقيم التسامح والمواطنة في {place}',
      'A touring theatre about tolerance and citizenship in {place}',
      'عرض مسرحيات قصيرة يعقبها حوار مع الجمهور في القرى والمدارس',
    ),
  ],
  housing: [
    title(
      'إعادة تسقيف منازل الأسر الأولى بالرعاية في {place}',
      'New roofs for families most in need in {place}',
      'تسقيف منازل متهالكة بما يحمي ساكنيها من الأمطار والحر',
    ),
    title(
      'توصيل مياه الشرب والصرف لمنازل القرى في {place}',
      'Water and sanitation for village houses in {place}',
      'توصيل المياه والصرف الصحي لمنازل أسر لا تستطيع تحمل التكلفة',
    ),
    title(
      'ترميم منازل متصدعة في {place}',
      'Repair of cracked houses in {place}',
      'ترميم منازل مهددة وتأمين سلامة الأسر المقيمة بها',
    ),
    title(
      'إنشاء دورات مياه منزلية آمنة في {place}',
      'Safe household toilets in {place}',
      'إنشاء دورات مياه صحية داخل المنازل المحرومة منها',
    ),
    title(
      'تأمين وصلات الكهرباء في منازل الأسر الفقيرة في {place}',
      'Safe wiring in homes of poor families in {place}',
      'استبدال التوصيلات الكهربائية الخطرة للحد من الحرائق',
    ),
    title(
      'تهيئة مساكن لأسر بها أشخاص ذوو إعاقة في {place}',
      'Homes adapted for families with disabled members in {place}',
      'تعديل المساكن بالمنحدرات والأبواب الواسعة والحمامات الميسرة',
    ),
  ],
  'early-childhood': [
    title(
      'تطوير حضانات الأحياء كثيفة السكان في {place}',
      'Better nurseries in dense neighbourhoods of {place}',
      'رفع جودة الحضانات وزيادة أعداد الأطفال الملتحقين بها',
    ),
    title(
      'تدريب ميسرات الطفولة المبكرة في {place}',
      'Training early childhood facilitators in {place}',
      'تأهيل ميسرات على التعلم باللعب واكتشاف تأخر النمو مبكراً',
    ),
    title(
      'ركن ألعاب تعليمية آمنة للحضانات في {place}',
      'Safe learning corners for nurseries in {place}',
      'توفير ألعاب تعليمية ومساحات آمنة داخل الحضانات القائمة',
    ),
    title(
      'حضانة لأبناء الأمهات العاملات في {place}',
      'A nursery for children of working mothers in {place}',
      'تمكين الأمهات من العمل بتوفير رعاية نهارية ميسورة التكلفة',
    ),
    title(
      'وجبات مدرسية صحية لأطفال الحضانات في {place}',
      'Healthy meals for nursery children in {place}',
      'تحسين تغذية الأطفال ومتابعة نموهم بالتعاون مع الأسر',
    ),
    title(
      'جلسات والدية إيجابية لأسر الأطفال في {place}',
      'Positive parenting sessions in {place}',
      'تعريف الآباء والأمهات بأساليب التربية الإيجابية في السنوات الأولى',
    ),
  ],
  'capacity-building': [
    title(
      'تدريب مجلس الإدارة على الحوكمة في {place}',
      'Governance training for the board in {place}',
      'تعريف أعضاء المجلس بمسؤولياتهم ونظم الرقابة الداخلية',
    ),
    title(
      'نظام محاسبي إلكتروني للجمعية في {place}',
      'Computer accounting for an NGO in {place}',
      'إدخال نظام محاسبي وتدريب العاملين على إعداد القوائم المالية',
    ),
    title(
      'إعداد دراسات الجدوى وكتابة المقترحات في {place}',
      'Feasibility studies and proposal writing in {place}',
      'تدريب فريق العمل على إعداد مشروعات قابلة للتمويل والقياس',
    ),
    title(
      'إدارة المتطوعين وحساب ساعات التطوع في {place}',
      'Managing volunteers and their hours in {place}',
      'بناء نظام لاستقطاب المتطوعين وتدريبهم وتوثيق جهدهم',
    ),
    title(
      'المتابعة والتقييم المبني على النتائج في {place}',
      'Results-based monitoring and evaluation in {place}',
      'تدريب العاملين على المؤشرات وجمع البيانات وكتابة التقارير',
    ),
    title(
      'حماية البيانات الشخصية للمستفيدين في {place}',
      'Protecting personal data of beneficiaries in {place}',
      'تطبيق إجراءات حماية البيانات وتأمين ملفات المستفيدين',
    ),
  ],
};

/** Invented villages and neighbourhoods; a real place of the same name is a coincidence. */
export const villages: readonly string[] = [
  'قرية كفر السنابل',
  'عزبة النخلتين',
  'نجع الصفصافة',
  'قرية منية الريحان',
  'عزبة الساقية البيضاء',
  'قرية ميت الياسمين',
  'نجع الجميزتين',
  'قرية كوم الزعفران',
  'عزبة برج الحمام القبلية',
  'قرية شط البلشون',
  'نجع السواقي السبع',
  'قرية ترعة الفيروز',
  'عزبة الكتان البحرية',
  'قرية تل العسل',
  'نجع دوم الغرب',
  'قرية بئر اللوز',
];

export const neighbourhoods: readonly string[] = [
  'حي المنارة الجديدة',
  'حي القناديل',
  'منطقة سوق الفخار',
  'حي المراكب',
  'منطقة شارع النول',
  'حي البساتين السبعة',
];
