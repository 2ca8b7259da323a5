/** The full names of venues, which a list of references wants and a panel has no room for. */

export const journals: Readonly<Record<string, string>> = {
  'Bell System Technical Journal': 'Bell System Technical Journal',
  JCSS: 'Journal of Computer and System Sciences',
  JMLR: 'Journal of Machine Learning Research',
  TIFS: 'IEEE Transactions on Information Forensics and Security',
  TIP: 'IEEE Transactions on Image Processing',
  TMLR: 'Transactions on Machine Learning Research',
  ToSC: 'IACR Transactions on Symmetric Cryptology',
};

export const proceedings: Readonly<Record<string, string>> = {
  AAAI: 'AAAI Conference on Artificial Intelligence (AAAI)',
  ACL: 'Annual Meeting of the Association for Computational Linguistics (ACL)',
  ACSAC: 'Annual Computer Security Applications Conference (ACSAC)',
  AsiaCCS: 'ACM Asia Conference on Computer and Communications Security (AsiaCCS)',
  CCS: 'ACM Conference on Computer and Communications Security (CCS)',
  COLM: 'Conference on Language Modeling (COLM)',
  CSF: 'IEEE Computer Security Foundations Symposium (CSF)',
  CVPR: 'Conference on Computer Vision and Pattern Recognition (CVPR)',
  ECCV: 'European Conference on Computer Vision (ECCV)',
  'EuroS&P': 'IEEE European Symposium on Security and Privacy (EuroS&P)',
  'ICCE-TW': 'IEEE International Conference on Consumer Electronics-Taiwan (ICCE-TW)',
  ICLR: 'International Conference on Learning Representations (ICLR)',
  ICML: 'International Conference on Machine Learning (ICML)',
  INLG: 'International Natural Language Generation Conference (INLG)',
  KDD: 'ACM SIGKDD Conference on Knowledge Discovery and Data Mining (KDD)',
  NeurIPS: 'Advances in Neural Information Processing Systems (NeurIPS)',
  RAID: 'Symposium on Research in Attacks, Intrusions and Defenses (RAID)',
  'S&P': 'IEEE Symposium on Security and Privacy (S&P)',
  SOSP: 'ACM Symposium on Operating Systems Principles (SOSP)',
  'USENIX Security': 'USENIX Security Symposium',
};
