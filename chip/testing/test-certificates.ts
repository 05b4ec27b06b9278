import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate authority made with the openssl command in a folder, for tests. */
export class TestAuthority {
  readonly dir: string;
  readonly caPem: string;

  constructor(dir: string) {
    this.dir = dir;
    const subject = ["-subj", "/CN=test authority", "-days", "2"];
    openssl([
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      this.path("ca.key"),
      "-out",
      this.path("ca.pem"),
      ...subject,
    ]);
    this.caPem = readFileSync(this.path("ca.pem"), "utf8");
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  /** Makes a key and a certificate: `<name>.key` and `<name>.pem` in the folder. */
  issue(name: string): { keyPem: string; certificatePem: string } {
    openssl([
      "req",
      ...newKey,
      "-keyout",
      this.path(`${name}.key`),
      "-out",
      this.path(`${name}.csr`),
      "-subj",
      `/CN=${name}`,
    ]);
    const certificatePem = this.certify(name, readFileSync(this.path(`${name}.csr`), "utf8"));
    return { keyPem: readFileSync(this.path(`${name}.key`), "utf8"), certificatePem };
  }

  /** Certifies a request; the certificate is good for 127.0.0.1 too. */
  certify(name: string, csrPem: string): string {
    writeFileSync(this.path(`${name}.csr`), csrPem);
    writeFileSync(this.path("names.cnf"), "subjectAltName=IP:127.0.0.1\n");
    const authority = [
      "-CA",
      this.path("ca.pem"),
      "-CAkey",
      this.path("ca.key"),
      "-CAcreateserial",
      "-days",
      "2",
    ];
    const request = ["-req", "-in", this.path(`${name}.csr`), "-out", this.path(`${name}.pem`)];
    openssl(["x509", ...request, ...authority, "-extfile", this.path("names.cnf")]);
    return readFileSync(this.path(`${name}.pem`), "utf8");
  }
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** Output of the command; throws with its message when it fails. */
export function openssl(args: readonly string[], input?: string): string {
  return execFileSync("openssl", args, { encoding: "utf8", input, stdio: "pipe" });
}
