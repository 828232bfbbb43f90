package org.understudy.sample.quotes.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A person at a browser and a terminal: kills the master, and sees another site take over while its page goes on. */
class TakeoverIT {

    private static final int SITES = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    @Test
    void the_page_of_a_survivor_goes_on_when_the_master_is_killed() throws Exception {
        assumeTrue(
                isInstalled("chromium") && isInstalled("chromedriver") || System.getenv("CI") != null,
                "chromium and chromedriver are not installed, and this is not CI: the browser test is left out");
        try (Sample sample = new Sample(temporary.resolve("sites"));
                Browser browser = Browser.start(temporary.resolve("profile"))) {
            eventually(sample).until(() -> sample.screen().contains("became master"));
            int first = awaitGroupOn(sample, browser, 1);

            browser.open(sample.page(first));
            eventually(sample)
                    .until(() -> isLive(browser) && badge(browser, first).contains("master"));
            browser.click(card(first) + " .kill");
            eventually(sample).until(() -> browser.text("#banner").contains("Site " + first + " does not answer"));

            int survivor = first % SITES + 1;
            browser.open(sample.page(survivor));
            int second = awaitMasterOn(sample, browser, first);
            assertThat(badge(browser, first)).isEqualTo("down");
            String prices = browser.text("#quotes");
            eventually(sample)
                    .until(() -> isLive(browser) && !browser.text("#quotes").equals(prices));

            browser.open(sample.page(second));
            eventually(sample)
                    .until(() -> isLive(browser) && badge(browser, second).contains("master"));
            browser.click("#quotes tr");
            browser.fill("#price", "77.70");
            browser.click("#change button");
            eventually(sample).until(() -> browser.text("#notice").contains("now costs 77.70"));

            sample.press(String.valueOf(first));
            eventually(sample).until(() -> badge(browser, first).equals("client"));

            sample.press("k" + second);
            browser.open(sample.page(first));
            awaitMasterOn(sample, browser, second);
            eventually(sample).until(() -> badge(browser, second).equals("down"));

            sample.press("q");
            assertThat(sample.awaitEnd()).as(sample.screen()).isZero();
        }
    }

    /** Opens a site's page and returns the master, once all sites are there and prices are shown. */
    private static int awaitGroupOn(Sample sample, Browser browser, int site) {
        eventually(sample).ignoreExceptions().until(() -> {
            browser.open(sample.page(site));
            return true;
        });
        int master = awaitMasterOn(sample, browser, 0);
        eventually(sample)
                .until(() -> IntStream.rangeClosed(1, SITES)
                                .allMatch(number -> badge(browser, number).matches(".*(master|client)"))
                        && browser.text("#quotes").contains("LEAD"));
        return master;
    }

    private static int awaitMasterOn(Sample sample, Browser browser, int notThis) {
        Callable<Boolean> known = () -> master(browser) != 0 && master(browser) != notThis;
        eventually(sample).until(known);
        return master(browser);
    }

    private static int master(Browser browser) {
        return IntStream.rangeClosed(1, SITES)
                .filter(number -> badge(browser, number).contains("master"))
                .findFirst()
                .orElse(0);
    }

    private static String badge(Browser browser, int site) {
        return browser.text(card(site) + " .badge");
    }

    private static String card(int site) {
        return "#sites > :nth-child(" + site + ")";
    }

    private static boolean isLive(Browser browser) {
        return browser.text("#feed-text").equals("live");
    }

    private static ConditionFactory eventually(Sample sample) {
        return await().atMost(Duration.ofSeconds(60)).conditionEvaluationListener(condition -> {
            if (condition.getRemainingTimeInMS() <= 0) {
                System.out.println(sample.screen());
            }
        });
    }

    private static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
