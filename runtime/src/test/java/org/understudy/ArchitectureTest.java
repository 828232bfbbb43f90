package org.understudy;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages run downwards only, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "org.understudy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_have_no_cycle =
            slices().matching("org.understudy.(**)").should().beFreeOfCycles().allowEmptyShould(true);
}
