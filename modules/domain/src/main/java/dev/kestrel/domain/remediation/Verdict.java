package dev.kestrel.domain.remediation;

/** What came of a person's word about a remediation. */
public sealed interface Verdict {
    /** It holds; the step says what follows. */
    record Granted(RemediationLife.Step step) implements Verdict {}

    record Refused(Refusal why) implements Verdict {}

    /** Why a word was not taken, and what to do about it. */
    enum Refusal {
        NOT_PERMITTED("your role may not decide about fixes; ask an approver"),
        NO_SUCH_REMEDIATION("there is no such fix on this incident; reload the page"),
        ALREADY_DECIDED("somebody decided about this fix before you; reload the page to see who"),
        NOT_OFFERED("this fix is not offered as it stands; its card says what blocks it"),
        ANOTHER_AT_WORK("another fix of this incident is at work; wait for how it ends"),
        EXPIRED("this proposal is too old; a new one is computed while the symptoms last"),
        PLAN_CHANGED("the plan is not the one you saw; reload the page and look at it again");

        private final String advice;

        Refusal(String advice) {
            this.advice = advice;
        }

        /** What the person should do, in a clause. */
        public String advice() {
            return advice;
        }
    }
}
