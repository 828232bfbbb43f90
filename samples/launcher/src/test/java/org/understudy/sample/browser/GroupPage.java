package org.understudy.sample.browser;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/** A person at a sample's pages: what these say about the group. */
public final class GroupPage {

    /** How many sites a sample has. */
    public static final int SITES = 3;

    private final Sample sample;
    private final Browser browser;

    public GroupPage(Sample sample, Browser browser) {
        this.sample = sample;
        this.browser = browser;
    }

    /** Leaves the test out where there is no browser, but never in CI. */
    public static void assumeBrowser() {
        assumeTrue(
                isInstalled("chromium") && isInstalled("chromedriver") || System.getenv("CI") != null,
                "chromium and chromedriver are not installed, and this is not CI: the browser test is left out");
    }

    private static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** Opens a site's page. */
    public void open(int site) {
        browser.open(sample.page(site));
    }

    /** Opens a site's page as soon as it is served, and returns the master, once all sites are there. */
    public int awaitGroupOn(int site) {
        eventually().ignoreExceptions().until(() -> {
            open(site);
            return !browser.text("#feed-text")
                    .isEmpty(); // a server says that there is no such page until it has deployed it
        });
        int master = awaitMasterOtherThan(0);
        eventually().until(() -> IntStream.rangeClosed(1, SITES)
                .allMatch(number -> badge(number).matches(".*(master|client)")));
        return master;
    }

    /** Returns the master that the page shows, once that is another one than this. */
    public int awaitMasterOtherThan(int site) {
        Callable<Boolean> known = () -> master() != 0 && master() != site;
        eventually().until(known);
        return master();
    }

    private int master() {
        return IntStream.rangeClosed(1, SITES)
                .filter(number -> badge(number).contains("master"))
                .findFirst()
                .orElse(0);
    }

    /** What the page calls a site: master, client, joining or down. */
    public String badge(int site) {
        return browser.text(card(site) + " .badge");
    }

    /** Where a site stands on the page. */
    public static String card(int site) {
        return "#sites > :nth-child(" + site + ")";
    }

    /** Whether the page is fed. */
    public boolean isLive() {
        return browser.text("#feed-text").equals("live");
    }

    /** Waits as long as a person would at most; then shows the terminal. */
    public ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).conditionEvaluationListener(condition -> {
            if (condition.getRemainingTimeInMS() <= 0) {
                System.out.println(sample.screen());
            }
        });
    }
}
