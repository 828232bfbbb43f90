package org.understudy.site;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.understudy.AckPolicy;
import org.understudy.Administration;
import org.understudy.ConfigOptions;
import org.understudy.ForceMasterReport;
import org.understudy.Role;
import org.understudy.backend.Backend;
import org.understudy.protocol.Command;

/** What an operator changes about the group, passed on to what serves the environment now. */
abstract class SiteAdministration extends ForwardedMessaging implements Administration {
    private final Supplier<Backend> backend;

    SiteAdministration(Serving serving) {
        super(serving);
        this.backend = serving;
    }

    @Override
    public void transferMastership(String target) {
        Commits.await(transferMastershipAsync(target));
    }

    @Override
    public CompletionStage<Void> transferMastershipAsync(String target) {
        return order(new Command.TransferMastership(target));
    }

    @Override
    public void startElection() {
        backend.get().startElection();
    }

    @Override
    public void becomeMaster() {
        Commits.await(becomeMasterAsync());
    }

    @Override
    public CompletionStage<Void> becomeMasterAsync() {
        return appoint(Role.MASTER);
    }

    @Override
    public void becomeClient() {
        Commits.await(becomeClientAsync());
    }

    @Override
    public CompletionStage<Void> becomeClientAsync() {
        return appoint(Role.CLIENT);
    }

    @Override
    public ForceMasterReport forceMasterDryRun() {
        return Commits.await(forceMasterDryRunAsync());
    }

    @Override
    public CompletionStage<ForceMasterReport> forceMasterDryRunAsync() {
        return Commits.attempt(() -> backend.get().examineForce());
    }

    @Override
    public void forceMaster(Set<String> lost) {
        Commits.await(forceMasterAsync(lost));
    }

    @Override
    public CompletionStage<Void> forceMasterAsync(Set<String> lost) {
        return Commits.attempt(() -> backend.get().forceMaster(Set.copyOf(lost)));
    }

    private CompletionStage<Void> appoint(Role role) {
        return Commits.attempt(() -> backend.get().appoint(role));
    }

    @Override
    public void removeSite(String name) {
        Commits.await(removeSiteAsync(name));
    }

    @Override
    public CompletionStage<Void> removeSiteAsync(String name) {
        return order(new Command.Remove(name));
    }

    @Override
    public void removeSite(String name, boolean force) {
        Commits.await(removeSiteAsync(name, force));
    }

    @Override
    public CompletionStage<Void> removeSiteAsync(String name, boolean force) {
        return order(force ? new Command.ForceRemove(name) : new Command.Remove(name));
    }

    @Override
    public void changePriority(String member, int priority) {
        Commits.await(changePriorityAsync(member, priority));
    }

    @Override
    public CompletionStage<Void> changePriorityAsync(String member, int priority) {
        ConfigOptions.PRIORITY.checked(priority);
        return order(new Command.ChangePriority(member, priority));
    }

    @Override
    public AckPolicy ackPolicy() {
        return backend.get().ackPolicy();
    }

    @Override
    public void changeAckPolicy(AckPolicy policy) {
        backend.get().changeAckPolicy(Objects.requireNonNull(policy, "policy"));
    }

    @Override
    public void demoteToView(String member) {
        Commits.await(demoteToViewAsync(member));
    }

    @Override
    public CompletionStage<Void> demoteToViewAsync(String member) {
        return order(new Command.DemoteToView(member));
    }

    private CompletionStage<Void> order(Command command) {
        return Commits.attempt(() -> backend.get().order(command));
    }
}
