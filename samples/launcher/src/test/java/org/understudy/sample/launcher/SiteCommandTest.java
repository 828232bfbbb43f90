package org.understudy.sample.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.understudy.sample.launcher.Program.Servers;

class SiteCommandTest {

    private static final SiteFiles FILES = new SiteFiles(Path.of("/data/site2"));
    private static final Servers SERVERS =
            new Servers(Path.of("/on-server"), List.of("wildfly", "liberty", "payara"), Path.of("/quotes.war"));

    @Test
    void a_site_is_told_by_its_environment_who_it_is_and_where_the_others_are() {
        assertThat(command(Optional.empty()).of(2, FILES).environment())
                .containsEntry("UNDERSTUDY_HOME", "/data/site2/home")
                .containsEntry("UNDERSTUDY_LOCAL_SITE", "localhost:7002")
                .containsEntry("UNDERSTUDY_GROUP_CREATOR", "false")
                .containsEntry("UNDERSTUDY_BOOTSTRAP_HELPERS", "localhost:7001,localhost:7002,localhost:7003")
                .containsEntry("SAMPLE_SITES", "localhost:7001,localhost:7002,localhost:7003")
                .containsEntry("SAMPLE_PAGES", "http://localhost:8001/,http://localhost:8002/,http://localhost:8003/")
                .containsEntry("SAMPLE_TERMINAL", "true");
    }

    @Test
    void a_server_is_run_by_the_script_and_serves_the_page_below_the_samples_name() {
        SiteCommand command = command(Optional.of(SERVERS));

        assertThat(command.of(2, FILES).command())
                .containsExactly("/on-server", "liberty", "/quotes.war", "/data/site2", "8002");
        assertThat(command.page(2)).isEqualTo(URI.create("http://localhost:8002/quotes/"));
        assertThat(command.runner(2)).isEqualTo("Open Liberty");
    }

    @Test
    void a_servers_other_ports_have_to_be_free_too() {
        assertThat(command(Optional.empty()).ports(3)).containsExactly(8003, 7003);
        assertThat(command(Optional.of(SERVERS)).ports(3)).containsExactly(8003, 7003, 8103, 8203);
    }

    private static SiteCommand command(Optional<Servers> servers) {
        Program program = new Program("quotes", "three sites", "run", 8001, 7001, servers);
        return new SiteCommand(program, LauncherOptions.parse(program, List.of()));
    }
}
