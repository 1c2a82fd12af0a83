/**
 * The Universal Scalability Law: throughput X of N users, X(N) = γN ÷ (1 + α(N − 1) + βN(N − 1)); α is what users wait for one
 * another, β what they cost one another (Gunther, Guerrilla Capacity Planning, 2007, https://doi.org/10.1007/978-3-540-31010-5).
 *
 * N ÷ X is a sum of three terms with coefficients that are not negative, so that each part of the law is fitted alike.
 */
import { betaQuantile } from './beta-distribution.ts';

export type Throughput = readonly [users: number, perSecond: number];

export interface Scalability {
  alpha: number;
  beta: number;
  /** Throughput of one user. */
  gamma: number;
  /** Share of the spread of throughput that the law explains, 0–1. */
  r2: number;
  /** Users at which throughput is highest, √((1 − α) ÷ β), with its 95 % interval; null: it has no highest, or an end is open. */
  knee: number | null;
  kneeCi: [low: number | null, high: number | null];
}

/** Three coefficients are fitted; one degree of freedom more would make no interval worth its name. */
const FEWEST = 6;
const STEPS = 50;
/** Less is no improvement: of squares, relative. */
const IMPROVEMENT = 1e-12;
/** How far from the knee its interval is looked for. */
const FARTHEST = 100;
const HALVINGS = 20;

/** Least squares of throughput. Undefined with fewer than six points, or where nothing fits. */
export function fitScalability(points: readonly Throughput[]): Scalability | undefined {
  if (points.length < FEWEST) return undefined;
  const [best] = fit(points, [() => 1, (n) => n - 1, (n) => n * (n - 1)]);
  if (!best) return undefined;
  const [a = 0, b = 0, c = 0] = best.coefficients;
  if (!(a > 0)) return undefined;
  const mean = points.reduce((sum, [, x]) => sum + x, 0) / points.length;
  const spread = points.reduce((sum, [, x]) => sum + (x - mean) ** 2, 0);
  const [alpha, beta] = [b / a, c / a];
  const knee = beta > 0 && alpha < 1 ? Math.sqrt((1 - alpha) / beta) : null;
  return {
    ...{ alpha, beta, gamma: 1 / a, r2: spread > 0 ? 1 - best.squares / spread : 0, knee },
    kneeCi: knee === null ? [null, null] : kneeInterval(points, knee, best.squares),
  };
}

/** Throughput of this number of users by a fitted law. */
export function throughputAt({ alpha, beta, gamma }: Scalability, n: number): number {
  return (gamma * n) / (1 + alpha * (n - 1) + beta * n * (n - 1));
}

/**
 * All knees with which the law fits nearly as well, by the F test of profiles (Bates & Watts, Nonlinear Regression Analysis,
 * 1988, §6.1): squares up to the least × (1 + F(0.95; 1, n − 3) ÷ (n − 3)), where F is t², so by the beta distribution.
 */
function kneeInterval(points: readonly Throughput[], knee: number, least: number): Scalability['kneeCi'] {
  const most = least / betaQuantile(0.05, (points.length - 3) / 2, 0.5);
  const fits = (at: number) => {
    const columns = [(n: number) => n, (n: number) => at * at + n * (n - 1)];
    return (fit(points, columns)[0]?.squares ?? Number.POSITIVE_INFINITY) <= most;
  };
  const endAt = (far: number): number | null => {
    if (fits(far)) return null;
    let [inside, outside] = [Math.log(knee), Math.log(far)];
    for (let step = 0; step < HALVINGS; step += 1) {
      const middle = (inside + outside) / 2;
      if (fits(Math.exp(middle))) inside = middle;
      else outside = middle;
    }
    return Math.exp(inside);
  };
  return [endAt(Math.max(1, knee / FARTHEST)), endAt(knee * FARTHEST)];
}

type Column = (users: number) => number;
interface Fit {
  coefficients: number[];
  squares: number;
}

/** N ÷ X as a sum of columns: of all choices of columns those whose coefficients are not negative, the closest first. */
function fit(points: readonly Throughput[], columns: readonly Column[]): Fit[] {
  const choices = Array.from({ length: 2 ** columns.length - 1 }, (_, index) => index + 1);
  return choices
    .map((choice) => {
      const own = columns.filter((_, at) => choice & (1 << at));
      const found = gaussNewton(points, own);
      const coefficients = columns.map((column) => found.coefficients[own.indexOf(column)] ?? 0);
      return { coefficients, squares: found.squares };
    })
    .filter(({ coefficients, squares }) => Number.isFinite(squares) && coefficients.every((one) => one >= 0))
    .sort((one, other) => one.squares - other.squares);
}

/** From the fit of N ÷ X, weighted as if X were fitted, by steps that are halved until they are an improvement. */
function gaussNewton(points: readonly Throughput[], columns: readonly Column[]): Fit {
  const rows = points.map(([n]) => columns.map((column) => column(n)));
  const model = (theta: readonly number[]) => rows.map((row, at) => (points[at]?.[0] ?? 0) / dot(row, theta));
  const squaresOf = (theta: readonly number[]) => {
    const denominators = rows.map((row) => dot(row, theta));
    if (!denominators.every((one) => one > 0)) return Number.POSITIVE_INFINITY;
    return model(theta).reduce((sum, x, at) => sum + ((points[at]?.[1] ?? 0) - x) ** 2, 0);
  };
  const weights = points.map(([n, x]) => (x * x) / n);
  const scaled = rows.map((row, at) => row.map((one) => one * (weights[at] ?? 0)));
  let theta = leastSquares(
    scaled,
    points.map(([n, x], at) => (n / x) * (weights[at] ?? 0)),
  );
  let squares = squaresOf(theta);
  for (let step = 0; step < STEPS; step += 1) {
    const fitted = model(theta);
    const slopes = rows.map((row, at) => {
      const factor = -((fitted[at] ?? 0) ** 2) / (points[at]?.[0] ?? 1);
      return row.map((one) => one * factor);
    });
    const direction = leastSquares(
      slopes,
      fitted.map((x, at) => (points[at]?.[1] ?? 0) - x),
    );
    const next = halved(theta, direction, squares, squaresOf);
    if (!next) break;
    [theta, squares] = next;
  }
  return { coefficients: theta, squares };
}

function halved(
  theta: readonly number[],
  direction: readonly number[],
  before: number,
  squaresOf: (theta: readonly number[]) => number,
): [theta: number[], squares: number] | undefined {
  for (let size = 1; size > 0.001; size /= 2) {
    const next = theta.map((one, at) => one + size * (direction[at] ?? 0));
    const squares = squaresOf(next);
    if (squares < before * (1 - IMPROVEMENT)) return [next, squares];
  }
  return undefined;
}

/** Normal equations, by Gauss's elimination with columns of one size; of at most three unknowns. */
function leastSquares(rows: readonly number[][], values: readonly number[]): number[] {
  const size = rows[0]?.length ?? 0;
  const norms = Array.from({ length: size }, (_, at) => Math.hypot(...rows.map((row) => row[at] ?? 0)) || 1);
  const scaled = rows.map((row) => row.map((one, at) => one / (norms[at] ?? 1)));
  const system = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) =>
      scaled.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0),
    ),
    scaled.reduce((sum, row, at) => sum + (row[i] ?? 0) * (values[at] ?? 0), 0),
  ]);
  for (let i = 0; i < size; i += 1) {
    const pivot = system[i] as number[];
    for (let k = 0; k < size; k += 1) {
      if (k === i) continue;
      const row = system[k] as number[];
      const factor = (row[i] ?? 0) / (pivot[i] as number);
      for (let j = i; j <= size; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return system.map((row, i) => (row[size] ?? 0) / (row[i] as number) / (norms[i] ?? 1));
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}
