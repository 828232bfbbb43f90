package org.understudy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.Durability;
import org.understudy.SiteState;

class MemberTableTest {
    private static final UUID GROUP = new UUID(1, 2);
    private static final MemberTable EMPTY =
            new MemberTable(GROUP, 1, GroupTerms.of(Durability.WRITE_NO_SYNC, 1 << 20), List.of(), List.of());
    private static final MemberTable THREE = present(present(present(EMPTY, "a:1", 100), "b:1", 0), "c:1", 50);

    @Test
    void a_change_is_the_same_after_it_was_encoded_and_decoded() {
        MemberTable later = THREE.without(2).withJoining("d:1", id("d:1"), true, 7);
        MembershipChange change = new MembershipChange(THREE, later);
        assertThat(MembershipChange.decode(ByteBuffer.wrap(change.encode()))).isEqualTo(change);
    }

    @Test
    void garbage_is_refused() {
        Garbage.assertRefused(
                new MembershipChange(MemberTable.NONE, THREE.without(1)).encode(),
                MalformedValueException.class,
                bytes -> MembershipChange.decode(ByteBuffer.wrap(bytes)));
        Garbage.assertRefused(
                new GenerationStart(3, GROUP, id("x")).encode(),
                MalformedValueException.class,
                bytes -> GenerationStart.decode(ByteBuffer.wrap(bytes)));
    }

    @Test
    void a_generation_start_is_the_same_after_it_was_encoded_and_decoded() {
        GenerationStart start = new GenerationStart(3, GROUP, id("x"));
        assertThat(GenerationStart.decode(ByteBuffer.wrap(start.encode()))).isEqualTo(start);
    }

    @Test
    void a_joining_site_and_a_view_count_nowhere() {
        assertThat(THREE.majority()).isEqualTo(2);
        MemberTable four = THREE.withJoining("d:1", id("d:1"), false, 100);
        assertThat(four.voters()).hasSize(3);
        assertThat(present(four, "e:1", 1).majority()).isEqualTo(3);
        MemberTable view = THREE.withJoining("v:1", id("v:1"), true, 100);
        view = view.with(4, member -> member.withState(SiteState.PRESENT));
        assertThat(view.voters()).hasSize(3);
        assertThat(view.byName("v:1").orElseThrow().isElectable()).isFalse();
    }

    @Test
    void a_founding_table_does_not_say_that_records_are_forced() {
        assertThat(MemberTable.NONE.forcesRecords()).isFalse();
        assertThat(MemberTable.founding("group", List.of("a:1", "b:1")).forcesRecords())
                .isFalse();
        assertThat(THREE.forcesRecords()).isFalse();
        assertThat(THREE.withTerms(GroupTerms.of(Durability.SYNC, 1 << 20)).forcesRecords())
                .isTrue();
    }

    @Test
    void a_site_of_priority_zero_votes_but_is_not_electable() {
        Member member = THREE.byName("b:1").orElseThrow();
        assertThat(member.isVoting()).isTrue();
        assertThat(member.isElectable()).isFalse();
    }

    @Test
    void a_site_id_is_never_given_twice() {
        MemberTable next = THREE.without(3).withJoining("c:1", id("other"), false, 1);
        assertThat(next.byName("c:1").orElseThrow().siteId()).isEqualTo(4);
    }

    @Test
    void a_member_is_known_by_name_and_incarnation_together() {
        assertThat(THREE.find("a:1", id("a:1"))).isPresent();
        assertThat(THREE.find("a:1", id("b:1"))).isEmpty();
        assertThat(THREE.byIncarnation(id("c:1")).orElseThrow().name()).isEqualTo("c:1");
        assertThat(THREE.byName("A:1")).isEmpty();
    }

    @Test
    void a_removed_incarnation_is_remembered_until_it_joins_anew() {
        MemberTable without = THREE.without(2);
        assertThat(without.wasRemoved(id("b:1"))).isTrue();
        assertThat(without.voters()).extracting(Member::name).containsExactly("a:1", "c:1");
        assertThat(without.withJoining("b:1", id("b:1"), false, 1).wasRemoved(id("b:1")))
                .isFalse();
    }

    @Test
    void only_the_last_removals_are_remembered() {
        MemberTable table = THREE;
        for (int i = 0; i < 300; i++) {
            table = present(table, "x:" + i, 1).without(table.nextSiteId());
        }
        assertThat(table.removed()).hasSize(256).contains(id("x:299")).doesNotContain(id("x:0"));
        assertThat(table.members()).hasSize(3);
    }

    private static MemberTable present(MemberTable table, String name, int priority) {
        return table.withJoining(name, id(name), false, priority)
                .with(table.nextSiteId(), member -> member.withState(SiteState.PRESENT));
    }

    private static UUID id(String name) {
        return new UUID(name.hashCode(), 5);
    }
}
