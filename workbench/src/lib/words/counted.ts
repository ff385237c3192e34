// A number with the form of the word that it needs: two in English, four in Ukrainian and Russian.

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export const counted = (language: string) => {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (n: number, forms: Forms): string => (forms[rules.select(n)] ?? forms.other).replace("#", numbers.format(n));
};
