package org.understudy.sample.common.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewsTest {

    @Test
    void news_survives_the_way_to_the_terminal() {
        News news = new News(Tone.MASTER, "became master | generation 3");

        assertThat(News.parse(news.line())).contains(news);
    }

    @Test
    void news_is_found_in_the_log_of_a_server() {
        News news = new News(Tone.GOOD, "follows Site 2, generation 3");

        assertThat(News.parse("12:00:00,000 INFO  [stdout] (dispatcher) " + news.line()))
                .contains(news);
        assertThat(News.parse("  " + news.line() + "]]")).contains(news);
    }

    @Test
    void other_lines_are_no_news() {
        assertThat(News.parse("MASTERY|of something")).isEmpty();
        assertThat(News.parse("")).isEmpty();
    }
}
