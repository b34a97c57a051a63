package org.omadm;

/** {@code SyncHdr}: who speaks to whom, in which session. */
public final class Header extends Value {
    private final String verDtd;
    private final String verProto;
    private final String sessionId;
    private final String msgId;
    private final String target;
    private final String targetName;
    private final String source;
    private final String sourceName;
    private final String respUri;
    private final boolean noResp;
    private final Cred cred;
    private final Meta meta;

    Header(
            String verDtd,
            String verProto,
            String sessionId,
            String msgId,
            String target,
            String targetName,
            String source,
            String sourceName,
            String respUri,
            boolean noResp,
            Cred cred,
            Meta meta) {
        this.verDtd = verDtd;
        this.verProto = verProto;
        this.sessionId = sessionId;
        this.msgId = msgId;
        this.target = target;
        this.targetName = targetName;
        this.source = source;
        this.sourceName = sourceName;
        this.respUri = respUri;
        this.noResp = noResp;
        this.cred = cred;
        this.meta = meta;
    }

    /**
     * {@code VerDTD}
     *
     * @return the version of the DTD, such as {@code 1.2}
     */
    public String verDtd() {
        return verDtd;
    }

    /**
     * {@code VerProto}
     *
     * @return the version of the protocol, such as {@code DM/1.2}; null if absent
     */
    public String verProto() {
        return verProto;
    }

    /**
     * {@code SessionID}
     *
     * @return the identifier
     */
    public String sessionId() {
        return sessionId;
    }

    /**
     * {@code MsgID}
     *
     * @return the identifier
     */
    public String msgId() {
        return msgId;
    }

    /**
     * {@code Target/LocURI}
     *
     * @return the recipient
     */
    public String target() {
        return target;
    }

    /**
     * {@code Target/LocName}
     *
     * @return the name, or null
     */
    public String targetName() {
        return targetName;
    }

    /**
     * {@code Source/LocURI}
     *
     * @return the sender
     */
    public String source() {
        return source;
    }

    /**
     * {@code Source/LocName}: the user name of MD5 and MAC credentials.
     *
     * @return the name, or null
     */
    public String sourceName() {
        return sourceName;
    }

    /**
     * {@code RespURI}: where further responses go.
     *
     * @return the URI, or null
     */
    public String respUri() {
        return respUri;
    }

    /**
     * {@code NoResp}, which DM does not use.
     *
     * @return whether it is there
     */
    public boolean noResp() {
        return noResp;
    }

    /**
     * {@code Cred}: credentials.
     *
     * @return the credentials, or null
     */
    public Cred cred() {
        return cred;
    }

    /**
     * {@code Meta}: what the sender takes.
     *
     * @return the meta-information, or null
     */
    public Meta meta() {
        return meta;
    }

    @Override
    Object[] parts() {
        return new Object[] {verDtd, verProto, sessionId, msgId, target, targetName, source, sourceName, respUri, noResp, cred, meta};
    }
}
