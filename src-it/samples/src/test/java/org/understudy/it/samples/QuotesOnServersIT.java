package org.understudy.it.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.sample.browser.GroupPage.SITES;
import static org.understudy.sample.browser.GroupPage.card;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.sample.browser.Browser;
import org.understudy.sample.browser.GroupPage;
import org.understudy.sample.browser.Sample;

/** The quotes sample as its README starts it on servers, one of each kind, with a person at the page of each. */
class QuotesOnServersIT {

    private static final List<String> TITLES = List.of("WildFly", "Open Liberty", "Payara Micro");

    /** A price of a share that costs less than a hundred: however it is traded, it is seen to have been set. */
    private static final String PRICE = "77000.00";

    private static final String ABOUT_PRICE = "[678]\\d,\\d{3}\\.\\d\\d";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    private Sample sample;
    private Browser browser;
    private GroupPage page;

    @BeforeEach
    void start() throws IOException {
        GroupPage.assumeBrowser();
        sample = new Sample(
                temporary.resolve("sites"), "/quotes/", "../../samples/quotes/run-on", "wildfly", "liberty", "payara");
        browser = Browser.start(temporary.resolve("profile"));
        page = new GroupPage(sample, browser);
    }

    @AfterEach
    void end() {
        if (browser != null) {
            browser.close();
        }
        if (sample != null) {
            sample.close();
        }
    }

    @Test
    void every_server_shows_the_same_page_and_the_group_goes_on_without_the_masters_server() throws Exception {
        int master = page.awaitGroupOn(1);
        int client = master % SITES + 1;
        int other = client % SITES + 1;
        for (int site = 1; site <= SITES; site++) {
            the_page_is_live_and_leads_to_its_servers_health(site);
        }

        page.open(client);
        page.eventually().until(() -> browser.text("#desk-note").contains("forwards the change to Site " + master));
        page.eventually().until(() -> browser.text("#quotes").contains("BOXO"));
        set_the_price_of_the_first_share();

        page.open(other);
        page.eventually().until(() -> browser.text("#quotes .price").matches(ABOUT_PRICE));

        page.open(master);
        page.eventually().until(() -> page.isLive() && page.badge(master).contains("master"));
        browser.click(card(master) + " .kill");
        page.eventually().until(() -> browser.text("#banner").contains("Site " + master + " does not answer"));

        page.open(client);
        int successor = page.awaitMasterOtherThan(master);
        page.eventually().until(() -> page.badge(master).equals("down"));
        String prices = browser.text("#quotes");
        page.eventually().until(() -> page.isLive() && !browser.text("#quotes").equals(prices));
        assertThat(browser.text("#quotes .price")).matches(ABOUT_PRICE);

        sample.press(String.valueOf(master));
        page.eventually().until(() -> page.badge(master).equals("client"));
        page.open(master);
        page.eventually().until(() -> browser.text("#desk-note").contains("forwards the change to Site " + successor));
        page.eventually().until(() -> browser.text("#quotes .price").matches(ABOUT_PRICE));

        sample.press("q");
        assertThat(sample.awaitEnd()).as(sample.screen()).isZero();
    }

    private void the_page_is_live_and_leads_to_its_servers_health(int site) {
        page.open(site);
        page.eventually().until(() -> page.isLive() && browser.text("#quotes").contains("LEAD"));
        assertThat(browser.text(card(site) + " .where")).contains(TITLES.get(site - 1));
        browser.click("#health");
        page.eventually().until(() -> browser.text("body").contains("default.permanent-lsn"));
    }

    private void set_the_price_of_the_first_share() {
        browser.click("#quotes tr");
        browser.fill("#price", PRICE);
        browser.click("#change button");
        page.eventually().until(() -> browser.text("#notice").contains("now costs " + PRICE));
    }
}
