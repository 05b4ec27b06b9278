import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { ChipId } from "@hanyouxu/protocol";
import { connect, type IClientOptions, type MqttClient } from "mqtt";
import type { DeviceAuthority } from "../device-ca/device-authority.ts";
import { Pkcs10CertificateRequestGenerator, p256, p256WithSha256 } from "../device-ca/x509.ts";

/** A chip as far as a broker sees it: a key, a certificate of the authority, a real MQTT client. */
export interface TestChip {
  chipId: ChipId;
  certificatePem: string;
  keyPem: string;
  serialNumber: string;
  /** Resolves when the broker has accepted the connection; rejects when it refuses it. */
  connect(url: string, options?: IClientOptions): Promise<MqttClient>;
  /** A bare TLS connection with the chip's certificate, to send any bytes. */
  openTls(url: string): Promise<TLSSocket>;
}

/** @param trustedCaPem who signed the broker's certificate, when it is not `authority`. */
export async function issueTestChip(
  authority: DeviceAuthority,
  trustedCaPem = authority.caCertificatePem,
): Promise<TestChip> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const result = await authority.issueChipCertificate(await chipCsr(privateKey, publicKey));
  if (!result.ok) throw new Error(result.reason);
  const { chipId, certificatePem, serialNumber } = result;
  const keyPem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  const tls = { cert: certificatePem, key: keyPem, ca: trustedCaPem };
  return {
    chipId,
    certificatePem,
    keyPem,
    serialNumber,
    connect: (url, options) =>
      connected(
        connect(url, { ...tls, clientId: chipId, protocolVersion: 4, reconnectPeriod: 0, ...options }),
      ),
    openTls(url) {
      const { hostname, port } = new URL(url);
      return new Promise((resolve, reject) => {
        const socket = connectTls({ host: hostname, port: Number(port), ...tls }, () => resolve(socket));
        socket.on("error", reject);
      });
    },
  };
}

/** The DER of a certification request made with the pair. */
export async function chipCsr(privateKey: KeyObject, publicKey: KeyObject): Promise<Uint8Array> {
  const pkcs8 = privateKey.export({ type: "pkcs8", format: "der" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const request = await Pkcs10CertificateRequestGenerator.create({
    keys: {
      privateKey: await crypto.subtle.importKey("pkcs8", new Uint8Array(pkcs8), p256, false, ["sign"]),
      publicKey: await crypto.subtle.importKey("spki", new Uint8Array(spki), p256, true, ["verify"]),
    },
    signingAlgorithm: p256WithSha256,
  });
  return new Uint8Array(request.rawData);
}

/** With TLS 1.3 a client learns of a refused certificate only after its own handshake: by an error or a close. */
function connected(client: MqttClient): Promise<MqttClient> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => {
      client.end(true);
      reject(error);
    };
    client.once("connect", () => {
      client.removeListener("close", onClose);
      client.removeListener("error", refuse);
      client.on("error", () => {});
      resolve(client);
    });
    const onClose = () => refuse(new Error("the broker closed the connection"));
    client.once("close", onClose);
    client.once("error", refuse);
  });
}
