/** One line about a variable that cannot be used. A URL that holds a password does not come back in it. */
export function problem(name: string, value: string | undefined, message: string): string {
  const shown = value === undefined ? name : `${name}=${value.replace(/\/\/.*@/, '//…@')}`;
  return `${shown}: ${message} (.env.example says more)`;
}
