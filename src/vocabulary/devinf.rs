//! Device information of data synchronisation, a document of its own (DevInf 1.2; `wire.md` §7.8).

use super::vocabulary;

vocabulary! {
    DevInf;
    CTCAP = "CTCap" @ 0x05;
    CTTYPE = "CTType" @ 0x06;
    DATA_STORE = "DataStore" @ 0x07;
    DATA_TYPE = "DataType" @ 0x08;
    DEV_ID = "DevID" @ 0x09;
    DEV_INF = "DevInf" @ 0x0A;
    DEV_TYP = "DevTyp" @ 0x0B;
    DISPLAY_NAME = "DisplayName" @ 0x0C;
    DSMEM = "DSMem" @ 0x0D;
    EXT = "Ext" @ 0x0E;
    FW_V = "FwV" @ 0x0F;
    HW_V = "HwV" @ 0x10;
    MAN = "Man" @ 0x11;
    MAX_GUIDSIZE = "MaxGUIDSize" @ 0x12;
    MAX_ID = "MaxID" @ 0x13;
    MAX_MEM = "MaxMem" @ 0x14;
    MOD = "Mod" @ 0x15;
    OEM = "OEM" @ 0x16;
    PARAM_NAME = "ParamName" @ 0x17;
    PROP_NAME = "PropName" @ 0x18;
    RX = "Rx" @ 0x19;
    RX_PREF = "Rx-Pref" @ 0x1A;
    SHARED_MEM = "SharedMem" @ 0x1B;
    MAX_SIZE = "MaxSize" @ 0x1C;
    SOURCE_REF = "SourceRef" @ 0x1D;
    SW_V = "SwV" @ 0x1E;
    SYNC_CAP = "SyncCap" @ 0x1F;
    SYNC_TYPE = "SyncType" @ 0x20;
    TX = "Tx" @ 0x21;
    TX_PREF = "Tx-Pref" @ 0x22;
    VAL_ENUM = "ValEnum" @ 0x23;
    VER_CT = "VerCT" @ 0x24;
    VER_DTD = "VerDTD" @ 0x25;
    XNAM = "XNam" @ 0x26;
    XVAL = "XVal" @ 0x27;
    UTC = "UTC" @ 0x28;
    SUPPORT_NUMBER_OF_CHANGES = "SupportNumberOfChanges" @ 0x29;
    SUPPORT_LARGE_OBJS = "SupportLargeObjs" @ 0x2A;
    PROPERTY = "Property" @ 0x2B;
    PROP_PARAM = "PropParam" @ 0x2C;
    MAX_OCCUR = "MaxOccur" @ 0x2D;
    NO_TRUNCATE = "NoTruncate" @ 0x2E;
    FILTER_RX = "Filter-Rx" @ 0x30;
    FILTER_CAP = "FilterCap" @ 0x31;
    FILTER_KEYWORD = "FilterKeyword" @ 0x32;
    FIELD_LEVEL = "FieldLevel" @ 0x33;
    SUPPORT_HIERARCHICAL_SYNC = "SupportHierarchicalSync" @ 0x34;
    // DevInf 1.0 and 1.1 call token 0x1C so; 1.2 renamed it.
    SIZE = "Size" @ 0x1C;
}
