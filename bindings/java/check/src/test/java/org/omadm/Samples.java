package org.omadm;

import java.nio.charset.StandardCharsets;

/** Large documents, made here. */
final class Samples {
    private Samples() {}

    /** A client's message of about {@code size} octets: a status and results for each node that a server has asked for. */
    static byte[] message(int size) {
        StringBuilder text = new StringBuilder("<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>"
                + "<SessionID>1A</SessionID><MsgID>2</MsgID><Target><LocURI>https://dm.example.com/omadm</LocURI></Target>"
                + "<Source><LocURI>IMEI:490154203237518</LocURI></Source></SyncHdr><SyncBody>");
        for (int i = 1; text.length() < size - 600; i += 2) {
            text.append("<Status><CmdID>").append(i).append("</CmdID><MsgRef>1</MsgRef><CmdRef>").append(i)
                    .append("</CmdRef><Cmd>Get</Cmd><TargetRef>./Vendor/Part").append(i).append("/Value</TargetRef><Data>200</Data></Status>\n")
                    .append("<Results><CmdID>").append(i + 1).append("</CmdID><MsgRef>1</MsgRef><CmdRef>").append(i)
                    .append("</CmdRef><Item><Source><LocURI>./Vendor/Part").append(i).append("/Value</LocURI></Source>")
                    .append("<Meta><Format xmlns=\"syncml:metinf\">chr</Format><Type xmlns=\"syncml:metinf\">text/plain</Type></Meta>")
                    .append("<Data>value ").append(i).append(" &amp; more</Data></Item></Results>\n");
        }
        return text.append("<Final/></SyncBody></SyncML>").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A tree document with {@code leaves} leaves, ten of them below each interior node. */
    static byte[] tree(int leaves) {
        StringBuilder text = new StringBuilder("<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD>\n");
        for (int i = 0; i < leaves; i++) {
            if (i % 10 == 0) {
                text.append("<Node><NodeName>Part").append(i / 10).append("</NodeName><Path>./Vendor</Path><RTProperties><Format><node/></Format>")
                        .append("<Type><DDFName>urn:x-acme:mo:part:1.0</DDFName></Type></RTProperties>\n");
            }
            text.append("<Node><NodeName>Value").append(i % 10).append("</NodeName><RTProperties><Format><chr/></Format>")
                    .append("<Type><MIME>text/plain</MIME></Type></RTProperties><Value>value number ").append(i).append("</Value></Node>\n");
            if (i % 10 == 9 || i == leaves - 1) {
                text.append("</Node>\n");
            }
        }
        return text.append("</MgmtTree>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
