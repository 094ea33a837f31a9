// `URL` is the one global outside ECMAScript that pure packages use: every browser and Node have it (WHATWG URL).
declare class URL {
  static canParse(url: string): boolean;
  constructor(url: string);
  readonly origin: string;
  readonly hostname: string;
  readonly protocol: string;
  readonly port: string;
  readonly pathname: string;
}
