import type { EvidencePurpose } from "@hanyouxu/api";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EvidenceList } from "./evidence-list.tsx";

/** Opens what was photographed and filmed for a subject; nothing is read, and so nothing audited, before it is opened. */
export function EvidenceButton({ purpose, subjectId }: { purpose: EvidencePurpose; subjectId: string }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t("console.evidence.open")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.evidence.title")}
        footer={null}
        width={760}
        destroyOnHidden
        onCancel={() => setIsOpen(false)}
      >
        <EvidenceList purpose={purpose} subjectId={subjectId} />
      </Modal>
    </>
  );
}
