package org.understudy.sample.messages.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.sample.browser.GroupPage.SITES;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.sample.browser.Browser;
import org.understudy.sample.browser.GroupPage;
import org.understudy.sample.browser.Sample;

/** A person at a browser and a terminal: talks from one site to the others, also to one that is gone and comes back. */
class ConversationIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    @Test
    void sites_talk_to_each_other_and_a_page_says_why_nobody_answers() throws Exception {
        GroupPage.assumeBrowser();
        try (Sample sample = new Sample(temporary.resolve("sites"));
                Browser browser = Browser.start(temporary.resolve("profile"))) {
            GroupPage page = new GroupPage(sample, browser);
            int master = page.awaitGroupOn(1);
            int client = master % SITES + 1;
            int other = client % SITES + 1;

            page.open(client);
            page.eventually().until(page::isLive);
            say(browser, "all", "Good morning, everybody");
            page.eventually().until(() -> browser.text("#notice").contains("Sent to every site"));

            page.open(other);
            page.eventually().until(() -> browser.text("#lines").contains("Good morning, everybody"));
            assertThat(browser.text("#lines .speaker")).isEqualTo("Site " + client);

            say(browser, "master", "Who are you?");
            page.eventually().until(() -> browser.text("#lines").contains("Site " + master + ", the master: heard"));
            page.open(master);
            page.eventually().until(() -> browser.text("#lines").contains("Who are you?"));

            sample.press("k" + client);
            page.eventually().until(() -> page.badge(client).equals("down"));
            say(browser, String.valueOf(client), "Are you there?");
            page.eventually().until(() -> browser.text("#notice").contains("is not connected"));

            sample.press(String.valueOf(client));
            page.eventually().until(() -> page.badge(client).equals("client"));
            page.eventually().until(() -> {
                say(browser, String.valueOf(client), "And now?");
                return browser.text("#lines").contains("Site " + client + ", a client: heard; it is line 1 here");
            });

            sample.press("q");
            assertThat(sample.awaitEnd()).as(sample.screen()).isZero();
        }
    }

    private static void say(Browser browser, String to, String text) {
        browser.fill("#to", to);
        browser.fill("#text", text);
        browser.click("#say button");
    }
}
