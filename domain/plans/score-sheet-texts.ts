// What the criteria of the reference plan's score sheet are called, and what a reviewer looks at for each; short, because it travels with the plan.

export const scoreSheetTexts = {
  'need-and-targeting': {
    labels: { ar: 'الاحتياج والاستهداف', en: 'Need and targeting' },
    guidance: {
      ar: 'هل الاحتياج موثق بأرقام، والفئات المستهدفة محددة ويمكن الوصول إليها؟',
      en: 'Is the need shown in figures, and are the target groups defined and within reach?',
    },
  },
  'design-and-feasibility': {
    labels: { ar: 'التصميم وقابلية التنفيذ', en: 'Design and feasibility' },
    guidance: {
      ar: 'هل تؤدي الأنشطة إلى النتائج في المدة المحددة، والمخاطر مدروسة؟',
      en: 'Do the activities lead to the results in time, and are the risks thought through?',
    },
  },
  'capacity-and-record': {
    labels: { ar: 'القدرة وسابقة الأعمال', en: 'Capacity and record' },
    guidance: {
      ar: 'هل لدى الجهة فريق ومشروعات سابقة من الحجم نفسه أُغلقت بلا ملاحظات؟',
      en: 'Has the organisation a team, and closed projects of this size without findings?',
    },
  },
  'budget-and-value': {
    labels: { ar: 'الموازنة وحسن الإنفاق', en: 'Budget and value' },
    guidance: {
      ar: 'هل التكاليف مبررة بأسعار السوق، وتكلفة المستفيد الواحد معقولة؟',
      en: 'Are the costs backed by market prices, and is the cost per beneficiary reasonable?',
    },
  },
  sustainability: {
    labels: { ar: 'الاستدامة', en: 'Sustainability' },
    guidance: {
      ar: 'ما الذي يبقى بعد انتهاء التمويل، ومن يتحمل تكلفته؟',
      en: 'What remains when the funding ends, and who pays for it?',
    },
  },
} as const;
