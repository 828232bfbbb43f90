package org.understudy;

/** What {@link Environment#recover} makes of the home of a stopped site. */
public enum RecoverAs {
    /**
     * A site that the group does not know yet, under whatever address is configured: it joins the group anew, and needs only
     * the records that its home does not hold. For a site that moves, or the copy of another's home. The old site must be
     * gone from the group if its name is to be used again.
     */
    NEW_SITE,

    /**
     * The one site of a new group, with all that its home holds. For a group of which a majority is lost for good. What only
     * the lost sites had is lost; the old group's other sites can't meet this one by mistake, and join it with an empty home.
     */
    GROUP_OF_ONE
}
