package io.pharos.security;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * The secret that a developer's server and command line share without configuration: 256 random
 * bits as base64url in a file that only its owner can read. Made by whoever needs it first.
 */
public final class DevSecret {
  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path file;
  private final Path folder;

  public DevSecret(Path file) {
    this.file = file.toAbsolutePath();
    Path parent = this.file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " is no file");
    }
    this.folder = parent;
  }

  public Path file() {
    return file;
  }

  /**
   * Reads the secret; makes it first if there is none. Of several processes that do so at once, all
   * get the same.
   *
   * @throws IOException when the file cannot be read or written, others can read it, or it holds no
   *     secret; the message says what to do
   */
  public KeySource.Secret readOrCreate() throws IOException {
    try {
      return read();
    } catch (NoSuchFileException e) {
      create();
      return read();
    }
  }

  private KeySource.Secret read() throws IOException {
    if (isPosix()) {
      Set<PosixFilePermission> tooMany = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      tooMany.remove(PosixFilePermission.OWNER_READ);
      tooMany.remove(PosixFilePermission.OWNER_WRITE);
      if (!tooMany.isEmpty()) {
        throw new IOException(
            file + " must be open to its owner alone: run 'chmod 600 " + file + "'");
      }
    }
    String text = Files.readString(file).strip();
    if (!text.matches("[A-Za-z0-9_-]{43,512}")) {
      throw new IOException(file + " holds no secret: delete it, and a new one is made");
    }
    return new KeySource.Secret(text);
  }

  private void create() throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    createFolder();
    Path complete = newFile();
    try {
      Files.writeString(complete, text + "\n");
      // A link, unlike a move, never replaces what somebody else has just put there.
      Files.createLink(file, complete);
    } catch (FileAlreadyExistsException e) {
      // Theirs is as good as ours.
    } finally {
      Files.deleteIfExists(complete);
    }
  }

  private void createFolder() throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (isPosix()) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
    } else {
      Files.createDirectories(folder);
    }
  }

  private Path newFile() throws IOException {
    return isPosix()
        ? Files.createTempFile(
            folder, "dev-secret", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY))
        : Files.createTempFile(folder, "dev-secret", ".new");
  }

  private boolean isPosix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
