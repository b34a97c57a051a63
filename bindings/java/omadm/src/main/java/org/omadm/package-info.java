/**
 * OMA Device Management: package #0, SyncML messages in XML and WBXML, tree documents, the management tree and device descriptions.
 *
 * <p>{@link org.omadm.Omadm#parse} reads whatever octets are; {@link org.omadm.Message}, {@link org.omadm.Tree}, {@link org.omadm.Schema} and
 * {@link org.omadm.Notification} read what they are called. The first three hold native memory: close them, best in a {@code try} with resources; what is
 * forgotten is freed when it is collected. What they give are values, which do not change and need nothing that is open.
 *
 * <p>What cannot be read is an {@link org.omadm.OmadmException}, which says what was wrong and at which octet. A closed object refuses to be used with
 * {@link java.lang.IllegalStateException}, null arguments are refused with {@link java.lang.NullPointerException}.
 */
package org.omadm;
