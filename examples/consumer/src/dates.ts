/** A day, as people of the language write it. @param day YYYY-MM-DD, or a moment whose UTC day is meant */
export const dateOf = (day: string | Date, language: string): string =>
  new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
    day: language === 'vi' ? '2-digit' : 'numeric',
    month: language === 'vi' ? '2-digit' : 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(day))
