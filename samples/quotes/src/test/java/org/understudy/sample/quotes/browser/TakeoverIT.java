package org.understudy.sample.quotes.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.sample.browser.GroupPage.SITES;
import static org.understudy.sample.browser.GroupPage.card;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.sample.browser.Browser;
import org.understudy.sample.browser.GroupPage;
import org.understudy.sample.browser.Sample;

/** A person at a browser and a terminal: kills the master, and sees another site take over while its page goes on. */
class TakeoverIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    @Test
    void the_page_of_a_survivor_goes_on_when_the_master_is_killed() throws Exception {
        GroupPage.assumeBrowser();
        try (Sample sample = new Sample(temporary.resolve("sites"));
                Browser browser = Browser.start(temporary.resolve("profile"))) {
            GroupPage page = new GroupPage(sample, browser);
            page.eventually().until(() -> sample.screen().contains("became master"));
            int first = page.awaitGroupOn(1);
            page.eventually().until(() -> browser.text("#quotes").contains("LEAD"));

            page.open(first);
            page.eventually().until(() -> page.isLive() && page.badge(first).contains("master"));
            browser.click(card(first) + " .kill");
            page.eventually().until(() -> browser.text("#banner").contains("Site " + first + " does not answer"));

            int survivor = first % SITES + 1;
            page.open(survivor);
            int second = page.awaitMasterOtherThan(first);
            page.eventually().until(() -> page.badge(first).equals("down"));
            String prices = browser.text("#quotes");
            page.eventually()
                    .until(() -> page.isLive() && !browser.text("#quotes").equals(prices));

            page.open(second);
            page.eventually().until(() -> page.isLive() && page.badge(second).contains("master"));
            page.eventually().until(() -> browser.text("#quotes").contains("LEAD"));
            browser.click("#quotes tr");
            browser.fill("#price", "77.70");
            browser.click("#change button");
            page.eventually().until(() -> browser.text("#notice").contains("now costs 77.70"));

            sample.press(String.valueOf(first));
            page.eventually().until(() -> page.badge(first).equals("client"));

            page.open(first);
            page.eventually().until(() -> browser.text("#desk-note").contains("forwards the change to Site " + second));
            page.eventually().until(() -> browser.text("#quotes").contains("LEAD"));
            browser.click("#quotes tr");
            browser.fill("#price", "88.80");
            browser.click("#change button");
            page.eventually().until(() -> browser.text("#notice").contains("now costs 88.80"));

            sample.press("k" + second);
            page.awaitMasterOtherThan(second);
            page.eventually().until(() -> page.badge(second).equals("down"));

            sample.press("q");
            assertThat(sample.awaitEnd()).as(sample.screen()).isZero();
        }
    }
}
