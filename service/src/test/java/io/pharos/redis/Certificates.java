package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key and a certificate for one host, as Redis and as Java read them. */
final class Certificates {
  private static final String PASSWORD = "for tests only";

  private final Path folder;

  /**
   * Makes them.
   *
   * @param host what the certificate is for: {@code ip:127.0.0.1}, {@code dns:redis.example}
   */
  Certificates(Path folder, String host) throws IOException, InterruptedException {
    this.folder = folder;
    Path store = folder.resolve("key.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "redis",
                "-dname",
                "CN=Redis",
                "-ext",
                "san=" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    try {
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
      var certificate = keys.getCertificate("redis");
      pem("key.pem", "PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
      pem("certificate.pem", "CERTIFICATE", certificate.getEncoded());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("redis", certificate);
      try (var out = Files.newOutputStream(trusted())) {
        trusted.store(out, PASSWORD.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private Path trusted() {
    return folder.resolve("trusted.p12");
  }

  private void pem(String name, String kind, byte[] bytes) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n",
        StandardCharsets.US_ASCII);
  }

  TrustStore trust() {
    return new TrustStore(trusted(), PASSWORD);
  }

  /** A server that speaks nothing but TLS, and connects to others the same way. */
  List<String> options(int port) {
    return List.of(
        "--port",
        "0",
        "--tls-port",
        Integer.toString(port),
        "--tls-cert-file",
        folder.resolve("certificate.pem").toString(),
        "--tls-key-file",
        folder.resolve("key.pem").toString(),
        "--tls-ca-cert-file",
        folder.resolve("certificate.pem").toString(),
        "--tls-auth-clients",
        "no",
        "--tls-replication",
        "yes");
  }
}
