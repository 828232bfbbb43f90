package org.understudy.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the processes of one home meet: a Unix domain socket in it, or, where there is none of that kind or the home's path is
 * too long for one, a port of the loopback device. A file in the home says which, with a secret, and only its owner reads it.
 */
final class MeetingPoint {
    /** The file that says where. */
    static final String ADDRESS_FILE = "process.address";

    /** The socket. */
    static final String SOCKET_FILE = "process.sock";

    private static final String UNIX = "unix";
    private static final String NOBODY = "nobody";
    private static final String LOOPBACK = "loopback ";
    private static final Pattern LOOPBACK_PORT = Pattern.compile(LOOPBACK + "([0-9]{1,5})");
    private static final int SECRET_BYTES = 32;

    /** Where somebody listens, and the word he wants to hear. */
    record Address(SocketAddress socket, String secret) {

        @Override
        public String toString() {
            return socket.toString();
        }
    }

    /** An address that this process listens at. */
    record Listening(ServerSocketChannel channel, Address address) {}

    private final Path home;

    MeetingPoint(Path home) {
        this.home = home;
    }

    /** Where the process that has the home listens; nothing if none does. */
    Optional<Address> find() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(home.resolve(ADDRESS_FILE), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.equals(List.of(NOBODY))) {
            throw new RefusedException("it lets no other process in (subordinates=false)");
        } else if (lines.size() < 2) {
            throw new IOException(home.resolve(ADDRESS_FILE) + " is no address of a process");
        }
        return Optional.of(new Address(socket(lines.get(0)), lines.get(1)));
    }

    private SocketAddress socket(String where) throws IOException {
        if (where.equals(UNIX)) {
            return UnixDomainSocketAddress.of(home.resolve(SOCKET_FILE));
        }
        Matcher loopback = LOOPBACK_PORT.matcher(where);
        if (!loopback.matches()) {
            throw new IOException(home.resolve(ADDRESS_FILE) + " is no address of a process");
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(loopback.group(1)) & 0xFFFF);
    }

    /** Listens, as the one that has the home, and says where. */
    Listening listen() throws IOException {
        leave();
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        String word = HexFormat.of().formatHex(secret);
        Optional<ServerSocketChannel> unix = unix();
        ServerSocketChannel channel = unix.isPresent() ? unix.get() : loopback();
        try {
            String where =
                    unix.isPresent() ? UNIX : LOOPBACK + ((InetSocketAddress) channel.getLocalAddress()).getPort();
            publish(where + "\n" + word + "\n");
            return new Listening(channel, new Address(channel.getLocalAddress(), word));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Says, as the one that has the home, that nobody else is let in. */
    void refuse() throws IOException {
        leave();
        publish(NOBODY + "\n");
    }

    /** Nothing where the system has no such sockets, or the home's path is too long for one: then it is loopback. */
    private Optional<ServerSocketChannel> unix() throws IOException {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(home.resolve(SOCKET_FILE)));
            restrict(home.resolve(SOCKET_FILE));
            return Optional.of(channel);
        } catch (IOException | UnsupportedOperationException e) {
            if (channel != null) {
                channel.close();
            }
            return Optional.empty();
        }
    }

    private static ServerSocketChannel loopback() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** In one step, and from its first byte on for the owner only. */
    private void publish(String text) throws IOException {
        Path draft = home.resolve(ADDRESS_FILE + ".new");
        Files.deleteIfExists(draft);
        try {
            Files.createFile(draft, ownerOnly());
        } catch (FileAlreadyExistsException e) {
            throw new IOException("somebody else writes " + draft, e);
        }
        Files.writeString(draft, text);
        Files.move(draft, home.resolve(ADDRESS_FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void restrict(Path file) throws IOException {
        if (isPosix()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static boolean isPosix() {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix");
    }

    /** Says that nobody listens any more; for the one that has the home. */
    void leave() {
        try {
            Files.deleteIfExists(home.resolve(ADDRESS_FILE));
            Files.deleteIfExists(home.resolve(SOCKET_FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
