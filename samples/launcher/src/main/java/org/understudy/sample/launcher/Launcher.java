package org.understudy.sample.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts three sites in three processes, and ends them when it is told to, or its time is over. */
public final class Launcher {

    private static final int BAD_USAGE = 2;

    private Launcher() {}

    /** Runs a sample, which system properties tell of, with the arguments of its command line. */
    public static void main(String[] arguments) throws InterruptedException {
        Program program = Program.ofSystemProperties();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        Screen screen = new Screen(program, out, Boolean.getBoolean("sample.colour"));
        if (List.of(arguments).contains("--help")) {
            screen.print(program.usage());
            return;
        }
        try {
            run(program, LauncherOptions.parse(program, List.of(arguments)), screen);
            System.exit(0);
        } catch (IllegalArgumentException | IllegalStateException e) {
            screen.print(e.getMessage() + ".\n\n" + program.usage());
            System.exit(BAD_USAGE);
        }
    }

    private static void run(Program program, LauncherOptions options, Screen screen) throws InterruptedException {
        Group group = Group.prepare(program, options, screen);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        endOnSignal(end, ended);
        group.start();
        new KeyReader(group, end::countDown).start();
        if (options.runTime().isPresent()) {
            end.await(options.runTime().get().toSeconds(), TimeUnit.SECONDS);
        } else {
            end.await();
        }
        group.stop();
        ended.countDown();
    }

    /** The sites leave in good order also when the terminal is closed or Ctrl-C is pressed. */
    private static void endOnSignal(CountDownLatch end, CountDownLatch ended) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
