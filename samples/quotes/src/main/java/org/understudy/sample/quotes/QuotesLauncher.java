package org.understudy.sample.quotes;

import org.understudy.sample.common.launcher.Launcher;
import org.understudy.sample.common.launcher.Program;

/** Starts the sample. */
public final class QuotesLauncher {

    private QuotesLauncher() {}

    public static void main(String[] arguments) throws InterruptedException {
        Launcher.main(new Program("quotes", "three sites, one of them master", 8001, 7001), arguments);
    }
}
